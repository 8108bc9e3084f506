namespace Fmm.Systems;

/// <summary>What the loops of <see cref="CalibrationLoop{TKernel, T, TRegister}"/> take on one thread.</summary>
/// <param name="Pair">Seconds of a pair of points.</param>
/// <param name="TransferFlop">Seconds of a floating-point operation of the multiplication in frequency space.</param>
internal readonly record struct LoopSeconds(double Pair, double TransferFlop);
