namespace Fmm.Systems;

/// <summary>What memory a way to carry out M2L takes.</summary>
/// <param name="OperatorBytes">Bytes of the operators of a level, and of what stands beside them while they are computed.</param>
/// <param name="NodeNumbers">Numbers of the working precision a node, beside its expansions.</param>
/// <param name="WorkerNumbers">Numbers of the working precision a thread.</param>
/// <param name="WorkNumbers">Numbers of the working precision once, whatever the threads.</param>
internal readonly record struct TransferMemory(double OperatorBytes, double NodeNumbers, double WorkerNumbers, double WorkNumbers);
