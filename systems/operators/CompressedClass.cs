using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Compresses the transfers from one class of sources to an octet.</summary>
internal sealed unsafe class CompressedClass<T>(
    ILinearAlgebra algebra, CompressedOperators<T> operators, CompressedScratch scratch, int worker, CommonBasis rows, CommonBasis columns, double budget)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Fills the class's part of the operators.</summary>
    public void Build(int ring)
    {
        double*[] cores = new double*[8];
        for (int half = 0; half < 8; half++)
        {
            int x = OctetMirrors.Length(ring, half, 0), y = OctetMirrors.Length(ring, half, 1), z = OctetMirrors.Length(ring, half, 2);
            if (TransferVectors.IsFar(x, y, z)) cores[half] = scratch.Core(PositiveVectors.Index(x, y, z));
        }
        int lane = operators.Lane, leading = PackedMatrix.Columns(Leading(cores), lane);
        int depth = Math.Min(leading, columns.Rank), height = Math.Min(leading, rows.Rank), flips = OctetMirrors.Flips(ring);
        operators.SourceDepth[ring] = depth;
        operators.TargetDepth[ring] = height;
        Svd reach = Reach(cores, depth, height);
        int rank = reach.Count;
        double lost = 0;
        while (rank > 1 && (lost += reach.S[rank - 1] * reach.S[rank - 1]) <= budget) rank--;
        rank = Math.Min(PackedMatrix.Columns(rank, lane), reach.Count);
        // Two factors must save work against one.
        bool whole = operators.Whole[ring] = rank * (depth + height) >= depth * height;
        double[] first = whole ? new double[depth * depth] : reach.Vt;
        if (whole)
        {
            rank = depth;
            for (int i = 0; i < depth; i++) first[(i * depth) + i] = OctetMirrors.Sign(columns.Parity[i], flips);
        }
        operators.ClassRank[ring] = rank;
        Spread(ring, Products(cores, first, rank, depth, height), rank, height);
        if (whole) return;
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j < depth; j++) first[(i * depth) + j] *= OctetMirrors.Sign(columns.Parity[j], flips);
        }
        operators.Gather[ring].Resize(checked((int)PackedMatrix.Length(depth, rank, lane)));
        PackedMatrix.Pack(first, 1, depth, depth, rank, lane, operators.Gather[ring].Pointer);
    }

    // So many leading functions on both sides carry all of the class but the budget.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Leading(double*[] cores)
    {
        double[] shell = new double[Math.Max(rows.Rank, columns.Rank)];
        foreach (double* one in cores)
        {
            for (int i = 0; one != null && i < rows.Rank; i++)
            {
                for (int j = 0; j < columns.Rank; j++)
                {
                    double element = one[(i * columns.Rank) + j];
                    shell[Math.Max(i, j)] += element * element;
                }
            }
        }
        int leading = shell.Length;
        double lost = 0;
        while (leading > 1 && (lost += shell[leading - 1]) <= budget) leading--;
        return leading;
    }

    // What of a source box reaches any of the octet's far boxes; beyond half of the depth two factors would not pay.
    private Svd Reach(double*[] cores, int depth, int height)
    {
        int samples = Math.Min(depth, (depth / 2) + 16);
        double[] sketch = new double[samples * depth];
        for (int half = 0; half < 8; half++)
        {
            if (cores[half] == null) continue;
            Span<double> signs = scratch.Take(worker, CompressedScratch.Part.First, samples * height);
            CommonBasis.Signs(half, 1 / Math.Sqrt(samples), signs);
            fixed (double* pSigns = signs, pSketch = sketch)
            {
                algebra.Gemm(false, false, samples, depth, height, 1, pSigns, height, cores[half], columns.Rank, 1, pSketch, depth);
            }
        }
        return algebra.Svd(sketch, samples, depth);
    }

    // Each far box's transfer from the class's coefficients: height x rank.
    private Span<double> Products(double*[] cores, double[] first, int rank, int depth, int height)
    {
        int size = height * rank;
        Span<double> products = scratch.Take(worker, CompressedScratch.Part.Second, 8 * size);
        products.Clear();
        for (int half = 0; half < 8; half++)
        {
            if (cores[half] == null) continue;
            fixed (double* pFirst = first, pProduct = products.Slice(half * size, size))
            {
                algebra.Gemm(false, true, height, rank, depth, 1, cores[half], columns.Rank, pFirst, depth, 0, pProduct, rank);
            }
        }
        return products;
    }

    // The sums over the eight boxes of the class with the signs of each parity of the octet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(int ring, Span<double> products, int rank, int height)
    {
        int size = height * rank;
        for (int step = 1; step < 8; step *= 2)
        {
            for (int half = 0; half < 8; half++)
            {
                if ((half & step) != 0) continue;
                Span<double> low = products.Slice(half * size, size), high = products.Slice((half + step) * size, size);
                for (int i = 0; i < low.Length; i++) (low[i], high[i]) = (low[i] + high[i], low[i] - high[i]);
            }
        }
        int lane = operators.Lane, flips = OctetMirrors.Flips(ring);
        nint length = (nint)PackedMatrix.Length(rank, height, lane);
        operators.Spread[ring].Resize(checked((int)(8 * length)));
        Span<double> matrix = scratch.Take(worker, CompressedScratch.Part.First, size);
        for (int parity = 0; parity < 8; parity++)
        {
            double factor = OctetMirrors.Sign(parity, flips) / 8.0;
            for (int i = 0; i < height; i++)
            {
                Span<double> product = products.Slice((parity ^ rows.Parity[i]) * size, size);
                for (int j = 0; j < rank; j++) matrix[(i * rank) + j] = factor * product[(i * rank) + j];
            }
            PackedMatrix.Pack(matrix, 1, rank, rank, height, lane, operators.Spread[ring].Pointer + (parity * length));
        }
    }
}
