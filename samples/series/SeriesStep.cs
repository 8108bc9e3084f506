namespace Fmm.Samples;

/// <summary>A written step of a time series.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Time">The scene's time.</param>
/// <param name="Bodies">How many there were.</param>
internal readonly record struct SeriesStep(long Step, double Time, int Bodies)
{
    /// <summary>Its group in the file.</summary>
    public string Group => $"steps/{Step:0000000}";
}
