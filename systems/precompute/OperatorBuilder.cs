using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes the translations of <see cref="LevelOperators{T}"/> but those of M2L, everything in double precision before it is rounded.
/// A check-to-equivalent solve is never applied by itself: each translation comes with the one that follows it.
/// </summary>
/// <remarks>
/// Left of the solve stands what is smooth, the potential of densities some way off, and damps what the inverses of small singular
/// values make of rounding; right of it stand potentials that have next to nothing of these. So the products are as good as the
/// factors applied one after the other: the errors at orders up to 16 are the same.
/// </remarks>
internal sealed class OperatorBuilder<TKernel, T>(TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra) : IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ParityFields<TKernel> _fields = new(kernel, expansion);
    private readonly bool _symmetric = expansion.Densities.Mirrors && KernelSymmetry.Check(kernel);
    private readonly int _segments = expansion.Densities.Mirrors ? 8 : 1;
    private Action<int>? _step;

    /// <summary>
    /// Singular values below this share of the largest are dropped: they carry no information in the working precision, and their
    /// inverses would only amplify rounding. Measured (60,000 points in a cube): in double the errors at orders 8 to 12 are the
    /// same from 1e-13 to 4e-16, at 16 the error is 3.3e-15 for 4e-16, 5.7e-15 for 1e-14 and 1.6e-14 for 1e-13. Single precision
    /// does not care between 5e-8 and 2e-7.
    /// </summary>
    /// <remarks>
    /// A vector kernel has a density that makes no field (Stokes: the surface's normal, the flux being zero). On the lattice its
    /// singular value is not 0 but falls with the order, 1e-8 at p = 5 and 2e-12 at p = 7, and its inverse amplifies the order's
    /// own error: at p = 7 the Stokeslet's field is 3e-3 off without the cut and 5e-6 with it. Measured (60,000 points in a cube,
    /// cuts at 10^-p against 10^(-p-2)): p 5 2.3e-4 and 5.8e-4, 6 3.6e-5 and 4.4e-5, 7 5.3e-6 and 5.0e-6, 8 7e-7 and 1.5e-6, 9 8e-8
    /// and 1.1e-7, 10 1.9e-8 and 2.4e-8.
    /// </remarks>
    private double Cutoff
    {
        get
        {
            double scalar = typeof(T) == typeof(float) ? 1e-7 : expansion.Order <= 12 ? 1e-14 : 4e-16;
            return TKernel.IsVector ? Math.Max(scalar, Math.Pow(10, -expansion.Order)) : scalar;
        }
    }

    // Singular values below this are dropped however small the largest is: a screened kernel's far field can sink below the
    // smallest number of the working precision, and the inverse of what is left of it would be infinite.
    private static double Floor => typeof(T) == typeof(float) ? 1e-30 : 1e-280;

    /// <summary>Fills all but the transfer operators, for boxes of half width <paramref name="halfWidth"/>.</summary>
    /// <param name="operators">The operators.</param>
    /// <param name="halfWidth">Half width of the boxes.</param>
    /// <param name="lane">Numbers of a register.</param>
    /// <param name="jobs">Where it runs; the result does not depend on how many workers there are.</param>
    public void Build(LevelOperators<T> operators, double halfWidth, int lane, Jobs jobs)
    {
        double tolerance = SeriesTolerance.Of(expansion.Order, typeof(T) == typeof(float));
        SeriesFit<TKernel> up = new(kernel, expansion, algebra, halfWidth, fromBox: true), down = up;
        up.Run(tolerance, jobs);
        if (!_symmetric) (down = new SeriesFit<TKernel>(kernel, expansion, algebra, halfWidth, fromBox: false)).Run(tolerance, jobs);
        operators.Series.Choose(up.Energy, up.Degrees, tolerance);

        ParityInverse upward = new(expansion.Densities, expansion.Checks), downward = new(expansion.Densities, expansion.Checks);
        Invert(upward, downward, halfWidth, jobs);
        operators.UpRank = upward.Rank;
        operators.DownRank = downward.Rank;
        operators.Misfit = new ExpansionMisfit<TKernel>(kernel, expansion, algebra, halfWidth).Of(upward, downward);

        (double[], int, int)[] m2m = new (double[], int, int)[_segments], l2l = new (double[], int, int)[_segments];
        (double[], int, int)[] p2m = new (double[], int, int)[8 * expansion.SourceComponents], l2p = new (double[], int, int)[8 * expansion.PotentialComponents];
        double[] toParent = [], toChild = [];
        Run(jobs, 2, unit =>
        {
            if (unit == 0) toParent = ToParent(halfWidth);
            else toChild = ToChild(halfWidth);
        });
        Run(jobs, _segments + 8, unit =>
        {
            if (unit < _segments)
            {
                m2m[unit] = Upward(toParent, upward, unit);
                l2l[unit] = Downward(toChild, downward, unit);
                return;
            }
            int parity = unit - _segments;
            for (int d = 0; d < expansion.SourceComponents; d++) p2m[(parity * expansion.SourceComponents) + d] = FromPoints(up, operators.Series, upward, parity, d);
            for (int c = 0; c < expansion.PotentialComponents; c++) l2p[(parity * expansion.PotentialComponents) + c] = ToPoints(down, operators.Series, downward, parity, c);
        });
        operators.M2M.Set(m2m, lane);
        operators.L2L.Set(l2l, lane);
        operators.P2M.Set(p2m, lane);
        operators.L2P.Set(l2p, lane);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => _step!(unit);

    private void Run(Jobs jobs, int units, Action<int> step)
    {
        _step = step;
        jobs.For(units, this);
    }

    private void Invert(ParityInverse upward, ParityInverse downward, double halfWidth, Jobs jobs)
    {
        Shell inner = Shell.Inner(expansion, halfWidth), outer = Shell.Outer(expansion, halfWidth);
        double[][] up = _fields.Blocks(outer, inner), down = _symmetric ? [] : _fields.Blocks(inner, outer);
        Run(jobs, _symmetric ? 8 : 16, unit =>
        {
            if (unit < 8) upward.Decompose(algebra, unit, up[unit]);
            else downward.Decompose(algebra, unit - 8, down[unit - 8]);
        });
        if (_symmetric) downward.Transpose(upward);
        upward.Truncate(Cutoff, Floor);
        downward.Truncate(Cutoff, Floor);
    }

    // A parent of half width 2c with children of half width c. A homogeneous kernel takes both matrices in units of the
    // density's own box: the child's for M2M, the parent's for L2L; so M2M is built about children of unit width.
    private double[] ToParent(double halfWidth)
    {
        double parent = expansion.Degree is null ? halfWidth : 2 * halfWidth, child = parent / 2;
        return Join(
            octant => _fields.Whole(Shell.Outer(expansion, parent), Shell.Inner(expansion, child), -child * Side(octant, 0), -child * Side(octant, 1), -child * Side(octant, 2)),
            expansion.DensityCount, besides: true);
    }

    private double[] ToChild(double halfWidth)
    {
        double child = halfWidth / 2;
        return Join(
            octant => _fields.Whole(Shell.Inner(expansion, child), Shell.Outer(expansion, halfWidth), child * Side(octant, 0), child * Side(octant, 1), child * Side(octant, 2)),
            expansion.DensityCount, besides: false);
    }

    private static int Side(int octant, int axis) => (2 * ((octant >> axis) & 1)) - 1;

    // With mirrors the first child stands for all; without, the matrices of the eight lie side by side or one below the other.
    private double[] Join(Func<int, double[]> matrix, int columns, bool besides)
    {
        if (_segments == 8) return matrix(0);
        double[][] all = [.. Enumerable.Range(0, 8).Select(matrix)];
        if (!besides) return [.. all.SelectMany(one => one)];
        double[] joined = new double[8 * all[0].Length];
        for (int i = 0; i < joined.Length; i++) joined[i] = all[i / columns % 8][(i / (8 * columns) * columns) + (i % columns)];
        return joined;
    }

    private (double[] Matrix, int Depth, int Columns) Upward(double[] toParent, ParityInverse inverse, int segment)
    {
        int depth = toParent.Length / expansion.CheckCount, rows = expansion.Checks.Length(segment);
        double[] densities = inverse.Times(algebra, segment, toParent.AsSpan(expansion.Checks.Start[segment] * depth, rows * depth), depth);
        return (densities, depth, expansion.Densities.Length(segment));
    }

    private (double[] Matrix, int Depth, int Columns) Downward(double[] toChild, ParityInverse inverse, int segment)
    {
        int density = expansion.DensityCount, rows = toChild.Length / density, length = expansion.Densities.Length(segment);
        double[] part = new double[rows * length];
        for (int i = 0; i < rows; i++) toChild.AsSpan((i * density) + expansion.Densities.Start[segment], length).CopyTo(part.AsSpan(i * length));
        int depth = expansion.Checks.Length(segment);
        return (inverse.After(algebra, segment, part, rows), depth, rows);
    }

    // What moments of a parity, of one component of the sources, make on the check surface; then the densities for it.
    private (double[] Matrix, int Depth, int Columns) FromPoints(SeriesFit<TKernel> fit, SeriesLayout layout, ParityInverse inverse, int parity, int d)
    {
        (int, int, int)[] degrees = layout.Degrees(parity);
        int segment = expansion.Densities.SegmentOf(parity, d), depth = degrees.Length;
        double[] potentials = new double[expansion.Checks.Length(segment) * depth];
        for (int c = 0; c < expansion.PotentialComponents; c++)
        {
            for (int orbit = 0; orbit < expansion.Checks.Orbits; orbit++)
            {
                int place = expansion.Checks.PlaceIn(segment, c, orbit) - expansion.Checks.Start[segment];
                if (place >= 0 && depth > 0) fit.Read(degrees, orbit, (c * expansion.SourceComponents) + d, 1, potentials.AsSpan(place * depth, depth), 1);
            }
        }
        return (inverse.Times(algebra, segment, potentials, depth), depth, expansion.Densities.Length(segment));
    }

    // The series of what densities on the outer surface make in the box, behind the densities for check potentials.
    private (double[] Matrix, int Depth, int Columns) ToPoints(SeriesFit<TKernel> fit, SeriesLayout layout, ParityInverse inverse, int parity, int c)
    {
        (int, int, int)[] degrees = layout.Degrees(parity);
        int segment = expansion.Checks.SegmentOf(parity, c), rows = degrees.Length, length = expansion.Densities.Length(segment);
        double[] series = new double[rows * length];
        for (int d = 0; d < expansion.SourceComponents; d++)
        {
            // K(x - y) is K(y - x) with its components exchanged where the kernel is symmetric.
            int pair = _symmetric ? (d * expansion.SourceComponents) + c : (c * expansion.SourceComponents) + d;
            for (int orbit = 0; orbit < expansion.Densities.Orbits; orbit++)
            {
                int place = expansion.Densities.PlaceIn(segment, d, orbit) - expansion.Densities.Start[segment];
                if (place >= 0 && rows > 0) fit.Read(degrees, orbit, pair, expansion.Densities.Size(orbit), series.AsSpan(place), length);
            }
        }
        int depth = expansion.Checks.Length(segment);
        return (inverse.After(algebra, segment, series, rows), depth, rows);
    }
}
