namespace Fmm.Systems;

/// <summary>A tolerance was not reached although <see cref="FmmOptions.RequireTolerance"/> asks for it; the message tells both errors and the remedy.</summary>
public sealed class ToleranceException : Exception
{
    internal ToleranceException(ToleranceReport tolerance, string message)
        : base(message) => Tolerance = tolerance;

    /// <summary>What was asked and what was found.</summary>
    public ToleranceReport Tolerance { get; }
}
