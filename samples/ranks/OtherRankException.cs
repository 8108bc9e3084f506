namespace Fmm.Samples;

/// <summary>Another rank has failed and tells why; this one ends with it, without a word.</summary>
/// <param name="rank">Which.</param>
/// <param name="code">Its exit code.</param>
internal sealed class OtherRankException(int rank, int code) : Exception($"rank {rank} has failed")
{
    /// <summary>The exit code of all.</summary>
    public int Code => code;
}
