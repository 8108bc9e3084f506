using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The solve for the equivalent density that makes given check potentials: the pseudo-inverse of <see cref="EquivalentToCheck{TKernel}.Blocks"/>,
/// block by block, as two factors. What it is multiplied by goes through both, one after the other: their own product would lose digits
/// (Malhotra and Biros 2015, section 3.1).
/// </summary>
internal sealed class CheckToEquivalent
{
    private readonly Svd?[] _decompositions = new Svd?[8];
    private readonly double[][] _left = new double[8][];
    private readonly double[][] _right = new double[8][];
    private readonly ParityPoints _densities;
    private readonly ParityPoints _checks;

    /// <summary>The inverse of potentials at <paramref name="checks"/> made by <paramref name="densities"/>.</summary>
    public CheckToEquivalent(ParityPoints densities, ParityPoints checks)
    {
        _densities = densities;
        _checks = checks;
    }

    /// <summary>Singular values kept, of all segments.</summary>
    public int Rank => _left.Select((left, segment) => _checks.Length(segment) == 0 ? 0 : left.Length / _checks.Length(segment)).Sum();

    /// <summary>Decomposes the block of a segment.</summary>
    public void Decompose(ILinearAlgebra algebra, int segment, double[] block)
    {
        int rows = _checks.Length(segment), columns = _densities.Length(segment);
        _decompositions[segment] = rows * columns == 0 ? null : algebra.Svd(Normal(block, segment), rows, columns);
    }

    /// <summary>Takes the decompositions of the transposed blocks over, with the rows and columns of each component times its sign.</summary>
    public void Transpose(CheckToEquivalent other, double[] signs)
    {
        for (int segment = 0; segment < 8; segment++)
        {
            if (other._decompositions[segment] is not { } svd) continue;
            double[] ofRow = Signs(_checks, segment, signs), ofColumn = Signs(_densities, segment, signs);
            double[] u = new double[svd.Columns * svd.Count], vt = new double[svd.Count * svd.Rows];
            for (int r = 0; r < svd.Count; r++)
            {
                for (int j = 0; j < svd.Columns; j++) u[(j * svd.Count) + r] = ofRow[j] * svd.Vt[(r * svd.Columns) + j];
                for (int i = 0; i < svd.Rows; i++) vt[(r * svd.Rows) + i] = ofColumn[i] * svd.U[(i * svd.Count) + r];
            }
            _decompositions[segment] = new Svd(svd.Columns, svd.Rows, u, svd.S, vt);
        }
    }

    private static double[] Signs(ParityPoints points, int segment, double[] signs)
    {
        double[] all = new double[points.Length(segment)];
        for (int c = 0; c < signs.Length; c++)
        {
            for (int orbit = 0; orbit < points.Orbits; orbit++)
            {
                int place = points.PlaceIn(segment, c, orbit) - points.Start[segment];
                if (place >= 0) all[place] = signs[c];
            }
        }
        return all;
    }

    /// <summary>Keeps the singular values of all segments above a share of the largest of them, and above a bound.</summary>
    public void Truncate(double cutoff, double floor)
    {
        double bound = Math.Max(floor, cutoff * _decompositions.Max(one => one is { S.Length: > 0 } ? one.S[0] : 0));
        for (int segment = 0; segment < 8; segment++)
        {
            Svd? svd = _decompositions[segment];
            int rows = _checks.Length(segment), columns = _densities.Length(segment), rank = 0;
            while (svd is not null && rank < svd.Count && svd.S[rank] > bound) rank++;
            double[] left = _left[segment] = new double[rank * rows], right = _right[segment] = new double[columns * rank];
            double[] rowSizes = Sizes(_checks, segment), columnSizes = Sizes(_densities, segment);
            for (int r = 0; r < rank; r++)
            {
                for (int i = 0; i < rows; i++) left[(r * rows) + i] = svd!.U[(i * svd.Count) + r] * rowSizes[i];
                for (int j = 0; j < columns; j++) right[(j * rank) + r] = svd!.Vt[(r * columns) + j] / columnSizes[j] / svd.S[r];
            }
        }
    }

    /// <summary>Densities that make given check potentials of a segment: the inverse times a matrix of these by column.</summary>
    public double[] Times(ILinearAlgebra algebra, int segment, ReadOnlySpan<double> matrix, int columns)
    {
        int check = _checks.Length(segment), density = _densities.Length(segment), rank = check == 0 ? 0 : _left[segment].Length / check;
        double[] middle = Product(algebra, _left[segment], matrix, rank, columns, check);
        return Product(algebra, _right[segment], middle, density, columns, rank);
    }

    /// <summary>A matrix that acts on the densities of a segment, times the inverse: it acts on check potentials.</summary>
    public double[] After(ILinearAlgebra algebra, int segment, ReadOnlySpan<double> matrix, int rows)
    {
        int check = _checks.Length(segment), density = _densities.Length(segment), rank = check == 0 ? 0 : _left[segment].Length / check;
        double[] middle = Product(algebra, matrix, _right[segment], rows, rank, density);
        return Product(algebra, middle, _left[segment], rows, check, rank);
    }

    /// <summary>
    /// Both factors between plain rows, component by component in the surface's order: the first, densities by rank, is applied last; the
    /// second, rank by check potentials, is applied first and has orthonormal rows.
    /// </summary>
    /// <param name="surface">Points of the surface.</param>
    public unsafe (double[] First, double[] Second) Plain(int surface)
    {
        int rank = Rank, density = surface * _densities.Components, check = surface * _checks.Components, done = 0;
        double[] first = new double[density * rank], second = new double[rank * check], sorted = new double[Math.Max(density, check)], row = new double[Math.Max(density, check)];
        fixed (double* pSorted = sorted, pRow = row)
        {
            for (int segment = 0; segment < 8; segment++)
            {
                int rows = _checks.Length(segment), columns = _densities.Length(segment), own = rows == 0 ? 0 : _left[segment].Length / rows;
                double[] sizes = Sizes(_checks, segment);
                for (int r = 0; r < own; r++, done++)
                {
                    Array.Clear(sorted);
                    for (int j = 0; j < columns; j++) sorted[_densities.Start[segment] + j] = _right[segment][(j * own) + r];
                    ParityRows<double>.Unsort(_densities, 0, pSorted, surface, pRow);
                    for (int i = 0; i < density; i++) first[(i * rank) + done] = row[i];
                    // A sorted potential is the mean over the images of a point.
                    Array.Clear(sorted);
                    for (int i = 0; i < rows; i++) sorted[_checks.Start[segment] + i] = _left[segment][(r * rows) + i] / (sizes[i] * sizes[i]);
                    ParityRows<double>.Unsort(_checks, 0, pSorted, surface, pRow);
                    row.AsSpan(0, check).CopyTo(second.AsSpan(done * check));
                }
            }
        }
        return (first, second);
    }

    private static unsafe double[] Product(ILinearAlgebra algebra, ReadOnlySpan<double> a, ReadOnlySpan<double> b, int rows, int columns, int depth)
    {
        double[] product = new double[rows * columns];
        if (rows * columns * depth == 0) return product;
        fixed (double* pA = a, pB = b, pProduct = product)
        {
            algebra.Gemm(false, rows, columns, depth, pA, depth, pB, columns, pProduct, columns);
        }
        return product;
    }

    // An orthonormal change of basis: then the segments' singular values are those of the whole matrix.
    private double[] Normal(double[] block, int segment)
    {
        double[] rows = Sizes(_checks, segment), columns = Sizes(_densities, segment), normal = new double[block.Length];
        for (int i = 0; i < normal.Length; i++) normal[i] = block[i] * rows[i / columns.Length] / columns[i % columns.Length];
        return normal;
    }

    // The roots of the numbers of points that a sorted number stands for.
    private static double[] Sizes(ParityPoints points, int segment)
    {
        double[] sizes = new double[points.Length(segment)];
        for (int c = 0; c < points.Components; c++)
        {
            for (int orbit = 0; orbit < points.Orbits; orbit++)
            {
                int place = points.PlaceIn(segment, c, orbit);
                if (place >= 0) sizes[place - points.Start[segment]] = Math.Sqrt(points.Size(orbit));
            }
        }
        return sizes;
    }
}
