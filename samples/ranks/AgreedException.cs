namespace Fmm.Samples;

/// <summary>A rank has failed, and all ranks know it: they end together. One of them has words to say, the others none.</summary>
/// <param name="rank">Which rank.</param>
/// <param name="failure">How this rank ends.</param>
/// <param name="cause">What happened, on the rank that says it.</param>
internal sealed class AgreedException(int rank, Failure failure, Exception? cause) : Exception(failure.Message ?? $"rank {rank} has failed", cause)
{
    /// <summary>How this rank ends: with the code of all, and where it is the one that says it, with the words.</summary>
    public Failure Failure => failure;
}
