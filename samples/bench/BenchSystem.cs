namespace Fmm.Samples;

/// <summary>What one system did in a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Busy time, summed over threads and divided by their number.</param>
/// <param name="Flops">Floating-point operations that it counted; 0 where it counts none.</param>
/// <param name="Pairs">Pairs that it counted.</param>
internal sealed record BenchSystem(string Name, double Seconds, long Flops, long Pairs)
{
    /// <summary>Floating-point operations a second, as if all threads were at it.</summary>
    public double FlopRate => Seconds > 0 ? Flops / Seconds : 0;

    /// <summary>Pairs a second, as if all threads were at it.</summary>
    public double PairRate => Seconds > 0 ? Pairs / Seconds : 0;
}
