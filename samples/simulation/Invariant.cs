namespace Fmm.Samples;

/// <summary>A number of the whole state that is told as a run goes: energy, momentum, a virial ratio.</summary>
/// <param name="Name">Its name in tables, in snake case: energy_drift.</param>
/// <param name="Measure">Adds it up now; allocates nothing.</param>
/// <param name="IsDrift">Whether its relative change since the start is told instead of its value; its value where it was 0 then.</param>
public sealed record Invariant(string Name, Func<double> Measure, bool IsDrift = false)
{
    private double? _start;

    /// <summary>The number to tell; the first call is the start.</summary>
    public double Now()
    {
        double value = Measure();
        if (!IsDrift) return value;
        _start ??= value;
        return _start.Value == 0 ? value : (value / _start.Value) - 1;
    }
}
