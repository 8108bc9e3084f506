using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>
/// What the error of a field may be, whatever the points, the charges and the options: the one place where that is stated. Errors are root
/// sums of squares over targets. A potential's may be <c>Order |e| + Rounding |a|</c>: e is the field, or where charges cancel in it what charges of
/// random signs would make of it (<see cref="FieldParts.Scale"/>), a the sum of the absolute values of the pairs. A gradient's may be
/// <c>Slope |e'| + SlopeRounding |a'|</c>, and <c>p (Order |e| + Rounding |a|) / h</c> more, p the order and h the half width of the target's leaf: where all sources are far, the field
/// hardly varies over a leaf, and its gradient is a small difference of the expansion's large numbers.
/// </summary>
/// <param name="Order">What the expansions of the order leave out, of the potential.</param>
/// <param name="Slope">The same of the gradient.</param>
/// <param name="Rounding">What the working precision rounds away, of the potential.</param>
/// <param name="SlopeRounding">The same of the gradient.</param>
/// <param name="Least">What may be lost of a field of unit charges at unit distances: below is the end of the working precision's numbers.</param>
internal readonly record struct FieldBounds(double Order, double Slope, double Rounding, double SlopeRounding, double Least)
{
    /// <summary>
    /// An expansion of a screened kernel is as exact as the order where the field is strongest, next to its box; the root of a sum of squares is
    /// taken of the field of this share of the screening.
    /// </summary>
    public const double Reach = 0.25;

    // Of many charges in the worst of some hundred clouds, orders 2 to 10: five times the usual errors.
    private static ReadOnlySpan<double> Scalars => [0.4, 1.4e-2, 8.5e-4, 9e-5, 7.5e-6, 7.8e-7, 9e-8, 1e-8, 1.3e-9];

    private static ReadOnlySpan<double> Vectors => [2, 0.15, 1e-2, 1.5e-3, 5e-4];

    // A skewed space is a cloud squeezed to a third; a kernel of derivatives has their errors.
    private const double Skew = 4, Derivative = 5, Gradient = 20, Few = 5;

    // Multiples of a rounding: of sums in pieces; of derivatives, whose pairs are products of four.
    private const double Sums = 20, Products = 100;

    /// <summary>For kernels of one component.</summary>
    public static FieldBounds Scalar(FmmOptions options) => Of(Scalars[options.Order!.Value - FmmOptions.SmallestOrder], options);

    /// <summary>For a kernel of one component in a skewed space.</summary>
    public static FieldBounds Skewed(FmmOptions options) => Of(Skew * Scalars[options.Order!.Value - FmmOptions.SmallestOrder], options);

    /// <summary>For kernels of vectors, orders 2 to 6.</summary>
    public static FieldBounds Vector(FmmOptions options) => Of(Vectors[options.Order!.Value - FmmOptions.SmallestOrder], options);

    /// <summary>For a kernel that is another's derivative, orders 2 to 6.</summary>
    public static FieldBounds Slopes(FmmOptions options) => Of(Derivative * Vectors[options.Order!.Value - FmmOptions.SmallestOrder], options);

    /// <summary>
    /// Where a few charges make all of the field: their errors do not average, and a charge in the corner of its box has, at order 10, the error
    /// of 16 usual ones.
    /// </summary>
    public FieldBounds OfFew() => this with { Order = Few * Order, Slope = Few * Slope };

    private static FieldBounds Of(double order, FmmOptions options)
    {
        bool single = options.Precision == Precision.Single;
        double rounding = single ? 6e-8 : 1.1e-16;
        return new(order, Gradient * order, Sums * rounding, Products * rounding, single ? 1e-30 : 1e-270);
    }
}
