using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;
using static Fmm.Systems.CompressedScratch;

namespace Fmm.Systems;

/// <summary>Compresses the transfers from one class of sources to an octet, and from the classes that are its images.</summary>
internal sealed unsafe class CompressedClass<T>(
    ILinearAlgebra algebra, CompressedOperators<T> operators, CompressedScratch scratch, int worker, TransferOrbits orbits, CommonBasis rows, CommonBasis columns,
    double budget)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The far boxes of the class, a half of the octet each: the transfer that stands for each, and the permutation that makes it.
    private readonly (int Slot, int Permutation)[] _far = new (int, int)[8];

    /// <summary>Fills the part of a class, and of its images, in the operators.</summary>
    public void Build(int number)
    {
        int ring = orbits.Classes[number];
        for (int half = 0; half < 8; half++)
        {
            int x = OctetMirrors.Length(ring, half, 0), y = OctetMirrors.Length(ring, half, 1), z = OctetMirrors.Length(ring, half, 2);
            _far[half] = TransferVectors.IsFar(x, y, z) ? orbits.Of(x, y, z) : (-1, 0);
        }
        int lane = operators.Lane, leading = PackedMatrix.Columns(Leading(), lane);
        int depth = columns.Unparted(leading), height = rows.Unparted(leading), flips = OctetMirrors.Flips(ring);
        bool swap = orbits.IsKeptBySwap(ring);
        ClassReach reach = new(algebra, Sketch(number, depth, swap), depth, swap ? columns.Images(AxisPermutations.Swap) : [], budget, lane);
        // Two factors must save work against one.
        bool whole = reach.Rank * (depth + height) >= depth * height;
        int rank = whole ? depth : reach.Rank;
        double[] first = whole ? new double[depth * depth] : reach.Vectors;
        for (int i = 0; whole && i < depth; i++) first[(i * depth) + i] = OctetMirrors.Sign(columns.Parity[i], flips);
        int stride = PackedMatrix.Columns(height * rank, Register256<double>.Count);
        Span<double> products = Products(first, swap && !whole ? reach.Signs : [], rank, depth, height, stride);
        if (!whole) Mirror(first, depth, flips);
        foreach ((int image, int permutation) in orbits.ClassImages[number])
        {
            operators.Whole[image] = whole;
            operators.SourceDepth[image] = depth;
            operators.TargetDepth[image] = height;
            operators.ClassRank[image] = rank;
            if (!whole) Gather(image, permutation, first, rank, depth);
            Spread(image, permutation, flips, products, stride, rank, height, whole);
        }
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
    private Span<double> Products(double[] first, int[] swapSigns, int rank, int depth, int height, int stride)
    {
        Span<double> products = scratch.Take(worker, Part.Matrix, 8 * stride);
        products.Clear();
        Span<double> turned = scratch.Take(worker, Part.First, rank * depth);
        Span<double> product = scratch.Take(worker, Part.Second, height * rank);
        for (int half = 0; half < 8; half++)
        {
            (int slot, int permutation) = _far[half];
            if (slot < 0) continue;
            Span<double> target = products.Slice(half * stride, height * rank);
            // The image of another far box: half 2 is that of half 1 under the swap of x and y.
            if (swapSigns.Length > 0 && (half & 3) == 2)
            {
                Turn(AxisPermutations.Swap, products.Slice((half - 1) * stride, height * rank), target, rank);
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
        fixed (double* p = products)
        {
            for (int half = 0; half < 8; half++) halves[half] = p + (half * (nint)stride);
            WalshHadamard<double, Register256<double>>.Run(halves, stride, p, stride);
        }
        return products;
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

    private void Gather(int ring, int permutation, double[] first, int rank, int depth)
    {
        Span<double> turned = scratch.Take(worker, Part.First, rank * depth);
        CoefficientImage.OfColumns(columns.Images(permutation), first, turned, rank, depth);
        operators.Gather[ring].Resize(checked((int)PackedMatrix.Length(depth, rank, operators.Lane)));
        PackedMatrix.Pack(turned, 1, depth, depth, rank, operators.Lane, operators.Gather[ring].Pointer);
    }

    // For each parity of the octet the sums that reach it, a row of check potentials each.
    private void Spread(int ring, int permutation, int flips, ReadOnlySpan<double> products, int stride, int rank, int height, bool whole)
    {
        int lane = operators.Lane;
        nint length = (nint)PackedMatrix.Length(rank, height, lane);
        operators.Spread[ring].Resize(checked((int)(8 * length)));
        ReadOnlySpan<CoefficientImage> images = rows.Images(permutation);
        Span<double> matrix = scratch.Take(worker, Part.Second, height * rank), turned = whole ? scratch.Take(worker, Part.Third, height * rank) : matrix;
        for (int parity = 0; parity < 8; parity++)
        {
            double factor = OctetMirrors.Sign(parity, flips) / 8.0;
            for (int i = 0; i < height; i++)
            {
                CoefficientImage image = images[i];
                ReadOnlySpan<double> sums = products[((parity ^ rows.Parity[image.From]) * stride)..];
                CoefficientImage.Combine(
                    factor * image.First, sums.Slice(image.From * rank, rank), factor * image.Second, sums.Slice(image.Also * rank, rank),
                    matrix.Slice(i * rank, rank));
            }
            if (whole) CoefficientImage.OfColumns(columns.Images(permutation), matrix, turned, height, rank);
            T* target = operators.Spread[ring].Pointer + (AxisPermutations.Bits(permutation, parity) * length);
            PackedMatrix.Pack(turned, 1, rank, rank, height, lane, target);
        }
    }
}
