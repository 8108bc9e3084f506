using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A case with one order and one leaf capacity.</summary>
/// <param name="Automatic">True where the engine chose the leaf capacity.</param>
/// <param name="Report">What ran, with the seconds of the fastest run and the operators' of the first.</param>
/// <param name="WallSeconds">The fastest run from points and charges handed over to potentials handed back.</param>
/// <param name="Systems">What the systems did in the fastest run.</param>
/// <param name="Errors">Errors against direct sums.</param>
/// <param name="PeakBytes">Peak memory of the process during the trial.</param>
internal sealed record BenchTrial(
    bool Automatic, FmmReport Report, double WallSeconds, IReadOnlyList<BenchSystem> Systems, FieldError Errors, long PeakBytes)
{
    /// <summary>The error that the case limits: the gradient's where there is one.</summary>
    public double Error => Errors.GradientL2 ?? Errors.PotentialL2;

    /// <summary>Busy seconds of the systems by phase.</summary>
    public BenchPhases Phases => BenchPhases.Of(Systems);

    /// <summary>Tree, lists and evaluation.</summary>
    public double Seconds => Report.Seconds.Total;
}
