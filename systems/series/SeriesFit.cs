using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The kernel between the points of a box, -1..1 along each axis, and those of its outer surface as Chebyshev series in the former: by
/// interpolation at the zeros of T_n along each axis (Fong and Darve 2009, section 3, where boxes are interpolated for M2L too).
/// </summary>
/// <remarks>
/// Only one point of each orbit of the surface is taken: the others are its mirror images. Of the orbits, in turn, one stands for those that
/// permutations of the axes make of it if the kernel keeps to them, at order 8 ten for 37.
/// </remarks>
internal sealed class SeriesFit<TKernel> : IJob
    where TKernel : unmanaged, IKernel<TKernel>
{
    // A kernel that falls steeply within a box has no short series; beyond this it is cut.
    private const int LargestDegrees = 40;

    // Where degrees do not suffice, so many more are taken.
    private const int Step = 8;
    private readonly TKernel _kernel;
    private readonly ExpansionSizes _expansion;
    private readonly ILinearAlgebra _algebra;
    private readonly double _halfWidth;
    private readonly bool _fromBox;
    private readonly double[] _outer;
    private readonly int[] _computed;
    private readonly (int Place, int Permutation)[] _orbits;
    private double[] _nodes = [];
    private double[] _transform = [];
    private double[][] _series = [];
    private double _scale = 1;

    /// <summary>Series of K(y - x), or of K(x - y), for x in a box and y on its outer surface.</summary>
    public SeriesFit(TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, double halfWidth, bool fromBox)
    {
        _kernel = kernel;
        _expansion = expansion;
        _algebra = algebra;
        _halfWidth = halfWidth;
        _fromBox = fromBox;
        _outer = ScaledSurface.Outer(expansion, halfWidth).Coordinates(expansion.Surface);
        (_computed, _orbits) = Orbits(expansion, AxisPermutations.Of(kernel));
    }

    /// <summary>Degrees along an axis.</summary>
    public int Degrees { get; private set; }

    /// <summary>Up to a factor of all: mean square over the box of each product with its coefficients, summed over the surface: n x n x n.</summary>
    public double[] Energy { get; private set; } = [];

    private int Pairs => _expansion.SourceComponents * _expansion.PotentialComponents;

    /// <summary>Computes all series, with so many degrees that what is left out matters less than a tolerance.</summary>
    public void Run(double tolerance, Jobs jobs)
    {
        // Measured for 1/r: what degrees above 1.4 log10(1 / tolerance) carry is below the tolerance.
        int first = 6 + (int)Math.Ceiling(-1.4 * Math.Log10(tolerance));
        first += first & 1;
        for (int degrees = _expansion.Degree is null ? Enough(first, tolerance) : first; ; degrees += Step)
        {
            Take(degrees, jobs);
            double outside = 0;
            for (int i = 0; i < Energy.Length; i++)
                if (Math.Max(i / (degrees * degrees), Math.Max(i / degrees % degrees, i % degrees)) >= degrees - 2) outside += Energy[i];
            if (outside <= tolerance * tolerance * Energy.Sum() || degrees + Step > LargestDegrees) return;
        }
    }

    /// <summary>Coefficients of the products of some degrees, 0 beyond the degrees computed.</summary>
    /// <param name="degrees">The degrees.</param>
    /// <param name="orbit">The point of the surface.</param>
    /// <param name="pair">Potential component times source components plus source component.</param>
    /// <param name="factor">Factor of all.</param>
    /// <param name="coefficients">Receives them.</param>
    /// <param name="step">From one to the next.</param>
    public void Read((int I, int J, int K)[] degrees, int orbit, int pair, double factor, Span<double> coefficients, int step)
    {
        (int place, int permutation) = _orbits[orbit];
        int n = Degrees, inverse = AxisPermutations.Inverse(permutation), columns = _expansion.SourceComponents;
        int own = (_expansion.PotentialKind.Image(inverse, pair / columns) * columns) + _expansion.SourceKind.Image(inverse, pair % columns);
        double[] series = _series[(place * Pairs) + own];
        ReadOnlySpan<int> strides = [n * n, n, 1];
        int si = strides[AxisPermutations.Image(inverse, 0)], sj = strides[AxisPermutations.Image(inverse, 1)], sk = strides[AxisPermutations.Image(inverse, 2)];
        for (int at = 0; at < degrees.Length; at++)
        {
            (int i, int j, int k) = degrees[at];
            coefficients[at * step] = Math.Max(j, k) < n ? factor * series[(i * si) + (j * sj) + (k * sk)] : 0;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        int n = Degrees, point = 3 * _expansion.Checks.Points[8 * _computed[unit]];
        double x = _outer[point], y = _outer[point + 1], z = _outer[point + 2], sign = _fromBox ? 1 : -1;
        double[][] values = [.. Enumerable.Range(0, Pairs).Select(_ => new double[n * n * n])];
        Span<double> block = stackalloc double[Pairs];
        for (int i = 0, at = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++, at++)
                {
                    _kernel.EvaluatePlain(sign * (x - _nodes[i]), sign * (y - _nodes[j]), sign * (z - _nodes[k]), block);
                    for (int pair = 0; pair < block.Length; pair++) values[pair][at] = block[pair];
                }
            }
        }
        for (int pair = 0; pair < values.Length; pair++) _series[(unit * Pairs) + pair] = Transform(values[pair]);
    }

    // How many degrees the kernel needs along lines through those points of the box that are nearest to the surface's: a screened kernel has most
    // there, and computing a series twice because the first was too short takes as long as all the rest.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Enough(int first, double tolerance)
    {
        const int Nodes = LargestDegrees + Step;
        double[] nodes = new double[Nodes], cosines = new double[Nodes * Nodes], energy = new double[Nodes], values = new double[Nodes * Pairs];
        for (int node = 0; node < Nodes; node++)
        {
            double angle = Math.PI * (node + 0.5) / Nodes;
            nodes[node] = _halfWidth * Math.Cos(angle);
            for (int i = 0; i < Nodes; i++) cosines[(i * Nodes) + node] = Math.Cos(i * angle);
        }
        double sign = _fromBox ? 1 : -1;
        Span<double> offset = stackalloc double[3];
        foreach (int orbit in _computed)
        {
            ReadOnlySpan<double> point = _outer.AsSpan(3 * _expansion.Checks.Points[8 * orbit], 3);
            for (int axis = 0; axis < 3; axis++)
            {
                for (int other = 0; other < 3; other++) offset[other] = sign * (point[other] - Math.Clamp(point[other], -_halfWidth, _halfWidth));
                for (int node = 0; node < Nodes; node++)
                {
                    offset[axis] = sign * (point[axis] - nodes[node]);
                    _kernel.EvaluatePlain(offset[0], offset[1], offset[2], values.AsSpan(node * Pairs, Pairs));
                }
                for (int i = 0; i < Nodes; i++)
                {
                    for (int pair = 0; pair < Pairs; pair++)
                    {
                        double coefficient = 0;
                        for (int node = 0; node < Nodes; node++) coefficient += cosines[(i * Nodes) + node] * values[(node * Pairs) + pair];
                        energy[i] += (i == 0 ? 0.5 : 1) * coefficient * coefficient;
                    }
                }
            }
        }
        double all = energy.Sum();
        int degrees = first;
        while (degrees + Step <= LargestDegrees && energy.AsSpan(degrees - 2).ToArray().Sum() > tolerance * tolerance * all) degrees += Step;
        return degrees;
    }

    private void Take(int degrees, Jobs jobs)
    {
        Degrees = degrees;
        _nodes = new double[degrees];
        _transform = new double[degrees * degrees];
        for (int node = 0; node < degrees; node++)
        {
            double angle = Math.PI * (node + 0.5) / degrees;
            _nodes[node] = _halfWidth * Math.Cos(angle);
            for (int i = 0; i < degrees; i++) _transform[(i * degrees) + node] = (i == 0 ? 1.0 : 2.0) / degrees * Math.Cos(i * angle);
        }
        _series = new double[_computed.Length * Pairs][];
        jobs.For(_computed.Length, this);
        Energy = new double[degrees * degrees * degrees];
        double largest = 0;
        foreach (double[] series in _series) foreach (double coefficient in series) largest = Math.Max(largest, Math.Abs(coefficient));
        // Squares of what a screened kernel leaves would be nothing, or of what a steep one has, infinite.
        _scale = largest is > 0 and < double.PositiveInfinity ? Math.ScaleB(1, -Math.ILogB(largest)) : 1;
        for (int orbit = 0; orbit < _expansion.Checks.Orbits; orbit++)
            for (int pair = 0; pair < Pairs; pair++) Add(_series[(_orbits[orbit].Place * Pairs) + pair], _orbits[orbit].Permutation, _expansion.Checks.Size(orbit));
    }

    // The mean square of T_0 over its range is 1, that of the others about a half.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(double[] series, int permutation, int size)
    {
        int n = Degrees;
        ReadOnlySpan<int> strides = [n * n, n, 1];
        int si = strides[AxisPermutations.Image(permutation, 0)], sj = strides[AxisPermutations.Image(permutation, 1)], sk = strides[AxisPermutations.Image(permutation, 2)];
        for (int i = 0, at = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double weight = size * (i == 0 ? 1 : 0.5) * (j == 0 ? 1 : 0.5);
                int to = (i * si) + (j * sj);
                for (int k = 0; k < n; k++, at++, to += sk)
                {
                    double coefficient = _scale * series[at];
                    Energy[to] += weight * (k == 0 ? 1 : 0.5) * coefficient * coefficient;
                }
            }
        }
    }

    // The orbits that are computed, and for each orbit which of them stands for it, and the permutation that makes it of that one.
    private static (int[] Computed, (int Place, int Permutation)[] Orbits) Orbits(ExpansionSizes expansion, int permutations)
    {
        List<int> computed = [];
        Dictionary<(int, int, int), (int, int)> known = [];
        (int, int)[] orbits = new (int, int)[expansion.Checks.Orbits];
        Span<int> image = stackalloc int[3];
        for (int orbit = 0; orbit < orbits.Length; orbit++)
        {
            int point = expansion.Checks.Points[8 * orbit];
            ReadOnlySpan<int> own = [expansion.Surface.Lattice(point, 0), expansion.Surface.Lattice(point, 1), expansion.Surface.Lattice(point, 2)];
            for (int permutation = 0; permutation < permutations; permutation++)
            {
                for (int axis = 0; axis < 3; axis++) image[AxisPermutations.Image(permutation, axis)] = own[axis];
                _ = known.TryAdd((image[0], image[1], image[2]), (computed.Count, permutation));
            }
            orbits[orbit] = known[(own[0], own[1], own[2])];
            if (orbits[orbit].Item1 == computed.Count) computed.Add(orbit);
        }
        return ([.. computed], orbits);
    }

    // Each product takes the last axis to degrees and makes it the first.
    private unsafe double[] Transform(double[] values)
    {
        int n = Degrees;
        double[] other = new double[values.Length];
        for (int axis = 0; axis < 3; axis++)
        {
            fixed (double* from = values, to = other, matrix = _transform)
            {
                _algebra.Gemm(true, n, n * n, n, matrix, n, from, n, to, n * n);
            }
            (values, other) = (other, values);
        }
        return values;
    }
}
