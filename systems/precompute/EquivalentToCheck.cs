using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The check potentials that equivalent densities on one surface make on another, both sorted by parity. Between surfaces with the same
/// centre every parity makes its own potential alone: the matrix falls into eight blocks.
/// </summary>
internal sealed class EquivalentToCheck<TKernel>(TKernel kernel, ExpansionSizes expansion)
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly ParityPoints _sources = expansion.Densities;
    private readonly ParityPoints _targets = expansion.Checks;
    private readonly Surface _surface = expansion.Surface;

    /// <summary>The blocks between two surfaces with the same centre, a segment's check potentials by its densities.</summary>
    public double[][] Blocks(ScaledSurface target, ScaledSurface source)
    {
        double[] targets = target.Coordinates(_surface), sources = source.Coordinates(_surface);
        double[][] blocks = [.. Enumerable.Range(0, 8).Select(segment => new double[_targets.Length(segment) * _sources.Length(segment)])];
        double[] rows = new double[_targets.Components * expansion.DensityCount], sorted = new double[expansion.DensityCount];
        for (int orbit = 0; orbit < _targets.Orbits; orbit++)
        {
            int point = 3 * _targets.Points[8 * orbit];
            Rows(targets[point], targets[point + 1], targets[point + 2], sources, rows);
            for (int c = 0; c < _targets.Components; c++)
            {
                SortSources(rows.AsSpan(c * expansion.DensityCount, expansion.DensityCount), sorted);
                for (int segment = 0; segment < 8; segment++)
                {
                    int place = _targets.PlaceIn(segment, c, orbit), length = _sources.Length(segment);
                    if (place < 0) continue;
                    sorted.AsSpan(_sources.Start[segment], length).CopyTo(blocks[segment].AsSpan((place - _targets.Start[segment]) * length));
                }
            }
        }
        return blocks;
    }

    /// <summary>The whole matrix for a target surface displaced by (x, y, z) from the source surface.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Whole(ScaledSurface target, ScaledSurface source, double x, double y, double z)
    {
        double[] targets = target.Coordinates(_surface), sources = source.Coordinates(_surface);
        int columns = expansion.DensityCount, count = _surface.Count;
        double[] rows = new double[_targets.Components * columns], unsorted = new double[expansion.CheckCount * columns];
        for (int point = 0; point < count; point++)
        {
            Rows(x + targets[3 * point], y + targets[(3 * point) + 1], z + targets[(3 * point) + 2], sources, rows);
            for (int c = 0; c < _targets.Components; c++)
                SortSources(rows.AsSpan(c * columns, columns), unsorted.AsSpan(((c * count) + point) * columns, columns));
        }
        double[] sorted = new double[unsorted.Length];
        Span<double> images = stackalloc double[8];
        for (int c = 0; c < _targets.Components; c++)
        {
            for (int orbit = 0; orbit < _targets.Orbits; orbit++)
            {
                for (int j = 0; j < columns; j++)
                {
                    for (int i = 0; i < 8; i++) images[i] = unsorted[(((c * count) + _targets.Points[(8 * orbit) + i]) * columns) + j];
                    Sums(images);
                    for (int parity = 0; parity < 8; parity++)
                    {
                        int place = _targets.Places[(8 * ((_targets.Orbits * c) + orbit)) + parity];
                        if (place >= 0) sorted[(place * columns) + j] = images[parity] / 8;
                    }
                }
            }
        }
        return sorted;
    }

    /// <summary>The check potentials on a surface of unit charges at a point: a row a potential, a column a charge.</summary>
    public double[] OfPoint(ScaledSurface target, double x, double y, double z)
    {
        double[] targets = target.Coordinates(_surface), potentials = new double[expansion.CheckCount * _sources.Components];
        int pairs = _targets.Components * _sources.Components;
        Span<double> block = stackalloc double[pairs], images = stackalloc double[8 * pairs];
        for (int orbit = 0; orbit < _targets.Orbits; orbit++)
        {
            for (int i = 0; i < 8; i++)
            {
                int point = 3 * _targets.Points[(8 * orbit) + i];
                kernel.Evaluate(targets[point] - x, targets[point + 1] - y, targets[point + 2] - z, block);
                for (int pair = 0; pair < pairs; pair++) images[(8 * pair) + i] = block[pair];
            }
            for (int pair = 0; pair < _targets.Components * _sources.Components; pair++)
            {
                int c = pair / _sources.Components, d = pair % _sources.Components;
                Span<double> own = images.Slice(8 * pair, 8);
                Sums(own);
                for (int parity = 0; parity < 8; parity++)
                {
                    int place = _targets.Places[(8 * ((_targets.Orbits * c) + orbit)) + parity];
                    if (place >= 0) potentials[(place * _sources.Components) + d] = own[parity] / 8;
                }
            }
        }
        return potentials;
    }

    /// <summary>What densities on a surface make at a point: a row a component of the potential.</summary>
    public double[] AtPoint(ScaledSurface source, double x, double y, double z)
    {
        double[] rows = new double[_targets.Components * expansion.DensityCount], sorted = new double[rows.Length];
        Rows(x, y, z, source.Coordinates(_surface), rows);
        for (int start = 0; start < rows.Length; start += expansion.DensityCount)
            SortSources(rows.AsSpan(start, expansion.DensityCount), sorted.AsSpan(start, expansion.DensityCount));
        return sorted;
    }

    private static unsafe void Sums(Span<double> images)
    {
        fixed (double* eight = images) WalshHadamard<double, Register1<double>>.Sums(eight, 1);
    }

    // The rows of a target point: what the density of each source point makes there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows(double x, double y, double z, double[] sources, double[] rows)
    {
        int count = _surface.Count, columns = _sources.Components, potentials = _targets.Components;
        Span<double> block = stackalloc double[potentials * columns];
        for (int j = 0; j < count; j++)
        {
            kernel.EvaluatePlain(x - sources[3 * j], y - sources[(3 * j) + 1], z - sources[(3 * j) + 2], block);
            for (int i = 0; i < block.Length; i++) rows[(i * count) + j] = block[i];
        }
    }

    // A sorted density stands for itself at each of its images, with their signs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortSources(ReadOnlySpan<double> row, Span<double> sorted)
    {
        Span<double> images = stackalloc double[8];
        for (int d = 0; d < _sources.Components; d++)
        {
            for (int orbit = 0; orbit < _sources.Orbits; orbit++)
            {
                for (int i = 0; i < 8; i++) images[i] = row[(d * _surface.Count) + _sources.Points[(8 * orbit) + i]];
                Sums(images);
                double share = _sources.Size(orbit) / 8.0;
                for (int parity = 0; parity < 8; parity++)
                {
                    int place = _sources.Places[(8 * ((_sources.Orbits * d) + orbit)) + parity];
                    if (place >= 0) sorted[place] = share * images[parity];
                }
            }
        }
    }
}
