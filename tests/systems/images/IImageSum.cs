using Fmm.Components;

namespace Fmm.Tests.Images;

/// <summary>The field of charges and all their images, by a way of its own.</summary>
internal interface IImageSum
{
    /// <summary>Potential and gradient at a place, of q exp(-k r) / (4 pi r).</summary>
    double[] At(Position target, IReadOnlyList<Position> sources, IReadOnlyList<double> charges);

    /// <summary>The way for a box.</summary>
    static IImageSum Of(PeriodicBox box, double k) => box.Axes switch
    {
        PeriodicAxes.XYZ => new EwaldSum(box.Edges, k),
        PeriodicAxes.X or PeriodicAxes.Y or PeriodicAxes.Z => new WireSum(box, k),
        _ => new SlabSum(box, k),
    };

    /// <summary>A potential of a pair and its gradient by central differences of sixth order, for formulas without one.</summary>
    static double[] WithSlopes(Func<double, double, double, double> potential, double x, double y, double z)
    {
        const double h = 1e-3;
        double Slope(Func<double, double> f) => ((45 * (f(h) - f(-h))) - (9 * (f(2 * h) - f(-2 * h))) + (f(3 * h) - f(-3 * h))) / (60 * h);
        return [potential(x, y, z), Slope(d => potential(x + d, y, z)), Slope(d => potential(x, y + d, z)), Slope(d => potential(x, y, z + d))];
    }
}
