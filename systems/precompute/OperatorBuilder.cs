using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes the translations of a level but those of M2L, <see cref="LevelMatrices"/>, in plain double precision.
/// </summary>
/// <remarks>
/// Every step of the method that makes a density does two things: it takes something (charges, or the densities of children) to
/// potentials on a check surface, and it solves for the density that makes these potentials (Ying, Biros and Zorin 2004, section 3.2). Both
/// are linear, and their product is what is kept: M2M and P2M are the solve times the potentials of what comes in. On the way down the solve
/// stands at the other end: L2L and L2P are the potentials, or the series, of a density times the solve for it.
/// <para>
/// Multiplying them out is safe although the solve's large elements amplify rounding. They belong to parts of a density that make next to no
/// potential some way off, and the potentials that come in have next to nothing of these parts either: errors at orders up to 16 are those of
/// both factors applied one after the other.
/// </para>
/// </remarks>
/// <param name="kernel">The kernel.</param>
/// <param name="expansion">Sizes of the expansions.</param>
/// <param name="algebra">Who multiplies and decomposes.</param>
/// <param name="precision">What the matrices will be rounded to: it says which singular values and series' terms carry nothing.</param>
internal sealed class OperatorBuilder<TKernel>(TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, Precision precision) : IJob
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly EquivalentToCheck<TKernel> _fields = new(kernel, expansion);
    private readonly double[]? _signs = expansion.Densities.Mirrors ? KernelSymmetry.Signs(kernel) : null;
    private readonly int _segments = expansion.Densities.Mirrors ? 8 : 1;
    private Action<int>? _step;

    // What reaches a box is then described by what it sends, transposed.
    private bool IsSymmetric => _signs is not null;

    /// <summary>
    /// Singular values below this share of the largest are dropped: they carry no information in the working precision, and their
    /// inverses would only amplify rounding. Measured (60,000 points in a cube): in double precision the errors at orders 8 to 12 are the
    /// same from 1e-13 to 4e-16, at 16 the error is 3.3e-15 for 4e-16, 5.7e-15 for 1e-14 and 1.6e-14 for 1e-13. Single precision
    /// does not care between 5e-8 and 2e-7.
    /// </summary>
    /// <remarks>
    /// A vector kernel can have a density that makes no field (of flow without sources: the surface's normal, the flux being zero). On the
    /// lattice its singular value is not 0 but falls with the order, 1e-8 at p = 5 and 2e-12 at p = 7, and its inverse amplifies the order's
    /// own error: at p = 7 the Stokeslet's field is 3e-3 off without the cut and 5e-6 with it. Measured (60,000 points in a cube,
    /// cuts at 10^-p against 10^(-p-2)): p 5 2.3e-4 and 5.8e-4, 6 3.6e-5 and 4.4e-5, 7 5.3e-6 and 5.0e-6, 8 7e-7 and 1.5e-6, 9 8e-8
    /// and 1.1e-7, 10 1.9e-8 and 2.4e-8.
    /// </remarks>
    private double Cutoff
    {
        get
        {
            double scalar = precision == Precision.Single ? 1e-7 : expansion.Order <= 12 ? 1e-14 : 4e-16;
            return TKernel.IsVector ? Math.Max(scalar, Math.Pow(10, -expansion.Order)) : scalar;
        }
    }

    // Singular values below this are dropped however small the largest is: a screened kernel's far field can sink below the
    // smallest number of the working precision, and the inverse of what is left of it would be infinite.
    private double Floor => precision == Precision.Single ? 1e-30 : 1e-280;

    /// <summary>Computes the matrices for boxes of half width <paramref name="halfWidth"/>.</summary>
    /// <param name="halfWidth">Half width of the boxes.</param>
    /// <param name="jobs">Where it runs; the result does not depend on how many workers there are.</param>
    public PlainMatrices Build(double halfWidth, Jobs jobs)
    {
        ScaledSurface inner = ScaledSurface.Inner(expansion, halfWidth), outer = ScaledSurface.Outer(expansion, halfWidth);
        double[][] upBlocks = _fields.Blocks(outer, inner), downBlocks = IsSymmetric ? [] : _fields.Blocks(inner, outer);
        if (IsNothing(upBlocks) && IsNothing(downBlocks)) return NoOperators.Of(expansion);
        double tolerance = SeriesTolerance.Of(expansion.Order, precision == Precision.Single);
        SeriesFit<TKernel> up = new(kernel, expansion, algebra, halfWidth, fromBox: true), down = up;
        up.Run(tolerance, jobs);
        if (!IsSymmetric) (down = new SeriesFit<TKernel>(kernel, expansion, algebra, halfWidth, fromBox: false)).Run(tolerance, jobs);
        SeriesBlock[] series = SeriesLayout.Choose(up.Energy, up.Degrees, tolerance);

        CheckToEquivalent upward = new(expansion.Densities, expansion.Checks), downward = new(expansion.Densities, expansion.Checks);
        Invert(upward, downward, upBlocks, downBlocks, jobs);
        PlainMatrices matrices = new() { Textbook = () => new TextbookMatrices<TKernel>(kernel, expansion, algebra, halfWidth).Of(upward, downward) };
        matrices.Add(LevelMatrices.Series, SeriesBlock.ToTable(series));
        matrices.Add(LevelMatrices.Ranks, upward.Rank, downward.Rank);
        matrices.Add(LevelMatrices.Misfit, new ExpansionMisfit<TKernel>(kernel, expansion, algebra, halfWidth).Of(upward, downward));

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
                matrices.Add(LevelMatrices.M2M(unit), Upward(toParent, upward, unit));
                matrices.Add(LevelMatrices.L2L(unit), Downward(toChild, downward, unit));
                return;
            }
            int parity = unit - _segments;
            (int, int, int)[] degrees = SeriesLayout.Degrees(series, parity);
            for (int d = 0; d < expansion.SourceComponents; d++) matrices.Add(LevelMatrices.P2M(parity, d), FromPoints(up, degrees, upward, parity, d));
            for (int c = 0; c < expansion.PotentialComponents; c++) matrices.Add(LevelMatrices.L2P(parity, c), ToPoints(down, degrees, downward, parity, c));
        });
        return matrices;
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => _step!(unit);

    private void Run(Jobs jobs, int units, Action<int> step)
    {
        _step = step;
        jobs.For(units, this);
    }

    // No singular value is larger than all elements' squares make it: then none is kept.
    private bool IsNothing(double[][] blocks)
    {
        double largest = 0;
        foreach (double[] block in blocks) foreach (double element in block) largest = Math.Max(largest, Math.Abs(element));
        return largest * Math.Sqrt(expansion.DensityCount * (double)expansion.CheckCount) <= Floor;
    }

    private void Invert(CheckToEquivalent upward, CheckToEquivalent downward, double[][] up, double[][] down, Jobs jobs)
    {
        Run(jobs, IsSymmetric ? 8 : 16, unit =>
        {
            if (unit < 8) upward.Decompose(algebra, unit, up[unit]);
            else downward.Decompose(algebra, unit - 8, down[unit - 8]);
        });
        if (_signs is not null) downward.Transpose(upward, _signs);
        upward.Truncate(Cutoff, Floor);
        downward.Truncate(Cutoff, Floor);
    }

    // Potentials of the children's densities on the parent's outer surface. The matrices of a homogeneous kernel serve all levels, because
    // each level's densities count in units of its own boxes: what comes in are densities of children, so children have the half width given.
    private double[] ToParent(double halfWidth)
    {
        double parent = expansion.Degree is null ? halfWidth : 2 * halfWidth, child = parent / 2;
        return Join(
            octant => _fields.Whole(ScaledSurface.Outer(expansion, parent), ScaledSurface.Inner(expansion, child), -child * Side(octant, 0), -child * Side(octant, 1), -child * Side(octant, 2)),
            expansion.DensityCount, besides: true);
    }

    // Potentials of the parent's density, which is what comes in here, on the children's inner surfaces.
    private double[] ToChild(double halfWidth)
    {
        double child = halfWidth / 2;
        return Join(
            octant => _fields.Whole(ScaledSurface.Inner(expansion, child), ScaledSurface.Outer(expansion, halfWidth), child * Side(octant, 0), child * Side(octant, 1), child * Side(octant, 2)),
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

    private PlainMatrix Upward(double[] toParent, CheckToEquivalent inverse, int segment)
    {
        int depth = toParent.Length / expansion.CheckCount, rows = expansion.Checks.Length(segment);
        double[] densities = inverse.Times(algebra, segment, toParent.AsSpan(expansion.Checks.Start[segment] * depth, rows * depth), depth);
        return new PlainMatrix(expansion.Densities.Length(segment), depth, densities);
    }

    private PlainMatrix Downward(double[] toChild, CheckToEquivalent inverse, int segment)
    {
        int density = expansion.DensityCount, rows = toChild.Length / density, length = expansion.Densities.Length(segment);
        double[] part = new double[rows * length];
        for (int i = 0; i < rows; i++) toChild.AsSpan((i * density) + expansion.Densities.Start[segment], length).CopyTo(part.AsSpan(i * length));
        int depth = expansion.Checks.Length(segment);
        return new PlainMatrix(rows, depth, inverse.After(algebra, segment, part, rows));
    }

    // Moments of a parity, of one component of the sources, make potentials on the check surface, and these a density.
    private PlainMatrix FromPoints(SeriesFit<TKernel> fit, (int, int, int)[] degrees, CheckToEquivalent inverse, int parity, int d)
    {
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
        return new PlainMatrix(expansion.Densities.Length(segment), depth, inverse.Times(algebra, segment, potentials, depth));
    }

    // Check potentials ask for a density on the outer surface, and what that makes in the box is a series.
    private PlainMatrix ToPoints(SeriesFit<TKernel> fit, (int, int, int)[] degrees, CheckToEquivalent inverse, int parity, int c)
    {
        int segment = expansion.Checks.SegmentOf(parity, c), rows = degrees.Length, length = expansion.Densities.Length(segment);
        double[] series = new double[rows * length];
        for (int d = 0; d < expansion.SourceComponents; d++)
        {
            // K(x - y) is K(y - x) with its components exchanged, but for signs, where the kernel is symmetric.
            int pair = IsSymmetric ? (d * expansion.SourceComponents) + c : (c * expansion.SourceComponents) + d;
            double sign = _signs is null ? 1 : _signs[c] * _signs[d];
            for (int orbit = 0; orbit < expansion.Densities.Orbits; orbit++)
            {
                int place = expansion.Densities.PlaceIn(segment, d, orbit) - expansion.Densities.Start[segment];
                if (place >= 0 && rows > 0) fit.Read(degrees, orbit, pair, sign * expansion.Densities.Size(orbit), series.AsSpan(place), length);
            }
        }
        int depth = expansion.Checks.Length(segment);
        return new PlainMatrix(rows, depth, inverse.After(algebra, segment, series, rows));
    }
}
