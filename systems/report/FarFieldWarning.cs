using System.Numerics;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Tells of a kernel whose expansions miss its field by more than the order explains: it solves no elliptic equation.</summary>
/// <remarks>
/// Measured at orders 2 to 12 in both precisions: Laplace, Stokes, Yukawa whatever k and kernels without symmetries stay below half of
/// the limit (Stokes has more than others: its cut leaves out a part of what is none of its field). 1 / r^2 has twice the limit at order
/// 6, ten times in single precision at orders 7 and more, 300 times in double precision at order 8. Below order 6 what it misses
/// is no more than the order's own error.
/// </remarks>
internal static class FarFieldWarning
{
    // Narrower boxes see hardly more than a part of a wave.
    private const double FewWaves = 0.25;
    // Near pairs are closer than the points reach.
    private const double SomeRounding = 10;
    private const double Scalar = 10, Vector = 100;
    private const double SingleRounding = 3e-6, DoubleRounding = 1e-10;

    /// <summary>The largest relative error that expansions of a sound kernel have at the points where they are tried.</summary>
    public static double Limit(ExpansionSizes expansion, Precision precision) => Math.Max(
        (expansion.SourceComponents * expansion.PotentialComponents > 1 ? Vector : Scalar) * ErrorOfOrder.Most(expansion.Order),
        precision == Precision.Single ? SingleRounding : DoubleRounding);

    /// <summary>The warning; null where there is no far field, or nothing to warn of.</summary>
    public static string? Of(FmmMethod method)
    {
        double misfit = method.Options.Precision == Precision.Single ? Misfit<float>(method) : Misfit<double>(method);
        double limit = Limit(method.ExpansionSizes, method.Options.Precision);
        TreeShape shape = method.Tree.Shape;
        if (misfit <= limit) return OfPhase(method, 2 * shape.RootCube.HalfWidth / method.Wavelength, limit);
        double waves = 2 * shape.RootCube.HalfWidth * Math.Pow(2, -shape.FirstFarLevel) / method.Wavelength;
        return waves > FewWaves ? FormattableString.Invariant(
            $"Boxes of the far field are up to {waves:0.0} wavelengths wide: expansions of order {method.ExpansionSizes.Order} miss the field there by {misfit:0.0e+0}, where {limit:0.0e+0} is the order's own error. Take a higher order, or a longer wave; Verify tells the error of the field.")
            : FormattableString.Invariant(
            $"Expansions of order {method.ExpansionSizes.Order} miss this kernel's far field by {misfit:0.0e+0}, where {limit:0.0e+0} is the most that the order explains: the method needs a kernel that solves an elliptic equation away from 0. Verify tells the error of the field.");
    }

    // Where all is near field no expansion tells, and where a phase is all rounding the expansions are right about a field that is none.
    private static string? OfPhase(FmmMethod method, double waves, double limit)
    {
        double rounding = 2 * Math.PI * waves * (method.Options.Precision == Precision.Single ? 6e-8 : 1.1e-16);
        return !(rounding > SomeRounding * limit) ? null : FormattableString.Invariant(
            $"The points reach over {waves:0.0e+0} wavelengths: rounding leaves phases that are off by {rounding:0.0e+0}, and the field with them. Take a longer wave, or points that reach less far{(method.Options.Precision == Precision.Single ? ", or double precision" : "")}.");
    }

    private static double Misfit<T>(FmmMethod method)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double misfit = 0;
        OperatorSet<T> operators = method.World.Resource<OperatorSet<T>>();
        TreeShape shape = method.Tree.Shape;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++)
        {
            double one = operators.Stands(level) ? operators[level].Misfit : 0;
            misfit = one <= misfit ? misfit : one; // NaN stays
        }
        return misfit;
    }
}
