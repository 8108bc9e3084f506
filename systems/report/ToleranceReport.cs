namespace Fmm.Systems;

/// <summary>What became of a tolerance that was asked for. It covers the potential; the gradient's error is told beside it.</summary>
/// <param name="Asked">The tolerance.</param>
/// <param name="Found">
/// Relative L2 error of the potential, from direct sums at <paramref name="Samples"/> targets chosen over the whole tree, and among those with
/// large potentials, so that a few bad ones show; no number (NaN) where a field or a sum is none, or nothing was measured yet.
/// </param>
/// <param name="GradientFound">The same of the gradient; null if none was asked for.</param>
/// <param name="Samples">Targets of the measurement.</param>
/// <param name="EvaluationsSince">
/// Evaluations since it was measured: 0 if it is the last one's own. It is measured again whenever the points change in number or shape, every
/// sixteenth time, and as soon as charges cancel so much more that the error could exceed the tolerance; at each evaluation where the
/// tolerance was missed or <see cref="FmmOptions.RequireTolerance"/> asks for it.
/// </param>
public sealed record ToleranceReport(double Asked, double Found, double? GradientFound, int Samples, int EvaluationsSince)
{
    /// <summary>Whether the error that was found is within the tolerance; never with what is not a number.</summary>
    public bool Reached => Found <= Asked && GradientFound is not double.NaN;

    /// <summary>The sentence for who asked, with what to do; null if it was reached.</summary>
    internal string? Warning(int order, Precision precision)
    {
        if (Reached) return null;
        string remedy = double.IsNaN(Found) || GradientFound is double.NaN ? "Potentials, gradients or direct sums are not numbers: look at charges, units and kernel."
            : precision == Precision.Single ? "Use double precision, or ask for less."
            : order == FmmOptions.LargestOrder ? "No order is higher: ask for less."
            : "A higher order does not lower it: see whether charges cancel, points lie extremely apart, or the kernel is none for this method; or ask for less.";
        return FormattableString.Invariant(
            $"The tolerance {Asked:0.0e+0} was not reached: order {order} has a relative error of {Found:0.0e+0} at {Samples} targets. {remedy}");
    }
}
