using System.Runtime.CompilerServices;
using Fmm.Engine;
using static Fmm.Systems.CompressedScratch;

namespace Fmm.Systems;

/// <summary>Compresses the transfers from one class of sources to an octet, which stand for those of the class's images.</summary>
internal sealed unsafe class CompressedClass(
    ILinearAlgebra algebra, PlainMatrices found, CompressedScratch scratch, int worker, TransferOrbits orbits, CommonBasis rows, CommonBasis columns,
    double budget, int lane)
{
    // The far boxes of the class, a half of the octet each: the transfer that stands for each, and the permutation that makes it.
    private readonly (int Slot, int Permutation)[] _far = new (int, int)[8];

    /// <summary>Computes the matrices of a class.</summary>
    public void Build(int number, Ledger ledger)
    {
        int ring = orbits.Classes[number];
        for (int half = 0; half < 8; half++)
        {
            int x = OctetMirrors.Length(ring, half, 0), y = OctetMirrors.Length(ring, half, 1), z = OctetMirrors.Length(ring, half, 2);
            _far[half] = TransferVectors.IsFar(x, y, z) ? orbits.Of(x, y, z) : (-1, 0);
        }
        int leading = PackedMatrix.Columns(Leading(), lane);
        int depth = columns.Unparted(leading), height = rows.Unparted(leading), flips = OctetMirrors.Flips(ring);
        bool swap = orbits.IsKeptBySwap(ring);
        ClassVectors reach = new(algebra, Sketch(number, depth, swap), depth, swap ? columns.Images(AxisPermutations.Swap) : [], budget, lane);
        // Two factors must save work against one.
        bool whole = reach.Rank * (depth + height) >= depth * height;
        int rank = whole ? depth : reach.Rank;
        double[] first = whole ? new double[depth * depth] : reach.Vectors;
        for (int i = 0; whole && i < depth; i++) first[(i * depth) + i] = OctetMirrors.Sign(columns.Parity[i], flips);
        int stride = PackedMatrix.Columns(height * rank, Register256<double>.Count);
        NativeBuffer<double> products = new(ledger, "operators: compressed M2L, plain", 8 * stride);
        found.Add(CompressedMatrices.Spread(ring), new PlainMatrix(8, stride, products));
        Sum(products, first, swap && !whole ? reach.Signs : [], rank, depth, height, stride);
        found.Add(CompressedMatrices.Class(ring), whole ? 1 : 0, rank, depth, height);
        if (whole) return;
        Mirror(first, depth, flips);
        found.Add(CompressedMatrices.Gather(ring), new PlainMatrix(rank, depth, first));
    }

    // So many leading functions on both sides carry all of the class but the budget.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Leading()
    {
        double[] shell = new double[Math.Max(rows.Rank, columns.Rank) + 1];
        foreach ((int slot, _) in _far)
        {
            ReadOnlySpan<double> energies = slot < 0 ? [] : scratch.Shells(slot);
            for (int i = 0; i < energies.Length; i++) shell[i] += energies[i];
        }
        int leading = shell.Length - 1;
        double lost = 0;
        while (leading > 1 && (lost += shell[leading]) <= budget) leading--;
        return leading;
    }

    // Combinations of the class's transfers: those of each far box with signs of their own, since boxes share them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Span<double> Sketch(int number, int depth, bool swap)
    {
        // Beyond half of the depth two factors would not pay; what is even and what is odd under the swap have half of it each.
        int width = columns.Rank, samples = Math.Min(scratch.Samples, (depth / (swap ? 4 : 2)) + 16);
        Span<double> sketch = scratch.Take(worker, Part.First, samples * depth);
        sketch.Clear();
        double[] signs = new double[samples];
        for (int half = 0; half < 8; half++)
        {
            (int slot, int permutation) = _far[half];
            if (slot < 0) continue;
            CommonBasis.Signs((8 * number) + half, Math.Sqrt(scratch.Samples / (double)samples), signs);
            ReadOnlySpan<double> from = scratch.Sketch(slot);
            ReadOnlySpan<CoefficientImage> images = columns.Images(permutation);
            for (int i = 0; i < samples; i++)
            {
                ReadOnlySpan<double> source = from.Slice(i * width, width);
                Span<double> target = sketch.Slice(i * depth, depth);
                double sign = signs[i];
                for (int j = 0; j < target.Length; j++)
                {
                    ref readonly CoefficientImage image = ref images[j];
                    target[j] += sign * ((image.First * source[image.From]) + (image.Second * source[image.Also]));
                }
            }
        }
        return sketch;
    }

    // The transfers from the class's coefficients to its far boxes, height x rank each, and then their sums over the boxes with the
    // signs of each parity.
    private void Sum(NativeBuffer<double> products, double[] first, int[] swapSigns, int rank, int depth, int height, int stride)
    {
        Span<double> turned = scratch.Take(worker, Part.First, rank * depth);
        Span<double> product = scratch.Take(worker, Part.Second, height * rank);
        for (int half = 0; half < 8; half++)
        {
            (int slot, int permutation) = _far[half];
            if (slot < 0) continue;
            Span<double> target = products.Span.Slice(half * stride, height * rank);
            // The image of another far box: half 2 is that of half 1 under the swap of x and y.
            if (swapSigns.Length > 0 && (half & 3) == 2)
            {
                Turn(AxisPermutations.Swap, products.Span.Slice((half - 1) * stride, height * rank), target, rank);
                for (int j = 0; j < rank; j++) for (int i = j; swapSigns[j] < 0 && i < target.Length; i += rank) target[i] = -target[i];
                continue;
            }
            CoefficientImage.OfColumns(columns.Images(AxisPermutations.Inverse(permutation)), first, turned, rank, depth);
            fixed (double* pTurned = turned, pProduct = product)
            {
                algebra.Gemm(true, height, rank, depth, scratch.Core(slot), columns.Rank, pTurned, depth, pProduct, rank);
            }
            Turn(permutation, product, target, rank);
        }
        double** halves = stackalloc double*[8];
        for (int half = 0; half < 8; half++) halves[half] = products.Pointer + (half * (nint)stride);
        WalshHadamard<double, Register256<double>>.Run(halves, stride, products.Pointer, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mirror(double[] first, int depth, int flips)
    {
        for (int j = 0; j < depth; j++)
        {
            if (OctetMirrors.Sign(columns.Parity[j], flips) > 0) continue;
            for (int i = j; i < first.Length; i += depth) first[i] = -first[i];
        }
    }

    private void Turn(int permutation, ReadOnlySpan<double> from, Span<double> to, int width)
    {
        ReadOnlySpan<CoefficientImage> images = rows.Images(permutation);
        for (int i = 0; i * width < to.Length; i++)
        {
            CoefficientImage image = images[i];
            CoefficientImage.Combine(
                image.First, from.Slice(image.From * width, width), image.Second, from.Slice(image.Also * width, width), to.Slice(i * width, width));
        }
    }
}
