using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// <see cref="CompressedMatrices"/> to <see cref="CompressedOperators{T}"/>: each class is permuted to its images, and all are rounded and
/// packed.
/// </summary>
internal sealed unsafe class CompressedPacking<T> : IJob, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CompressedOperators<T> _operators;
    private readonly PlainMatrices _matrices;
    private readonly int _lane;
    private readonly int[] _rowParity;
    private readonly CoefficientImage[][] _rows;
    private readonly CoefficientImage[][] _columns;
    private readonly (int Class, int Image, int Permutation)[] _units;
    private readonly WorkerScratch<double> _scratch;

    public CompressedPacking(CompressedOperators<T> operators, PlainMatrices matrices, ExpansionSizes sizes, int lane, Ledger ledger, int workers)
    {
        _operators = operators;
        _matrices = matrices;
        _lane = lane;
        operators.Lane = lane;
        _rowParity = matrices.Integers(CompressedMatrices.Parity(CompressedMatrices.Target));
        int permutations = matrices.Integers(CompressedMatrices.Permutations)[0];
        _rows = Images(CompressedMatrices.Target, permutations);
        _columns = Images(CompressedMatrices.Source, permutations);
        operators.Source.Set(
            sizes.Densities, matrices.Integers(CompressedMatrices.Parity(CompressedMatrices.Source)), Functions(CompressedMatrices.Source), lane, toSurface: false);
        ParityPoints targets = new(sizes.Surface, sizes.PotentialComponents, sizes.Checks.Kind, lane);
        operators.Target.Set(targets, _rowParity, Functions(CompressedMatrices.Target), lane, toSurface: true);
        TransferOrbits orbits = new(permutations);
        List<(int, int, int)> units = [];
        long largest = 0;
        for (int number = 0; number < orbits.Classes.Length; number++)
        {
            int ring = orbits.Classes[number];
            int[] numbers = matrices.Integers(CompressedMatrices.Class(ring));
            (int rank, int depth, int height) = (numbers[1], numbers[2], numbers[3]);
            largest = Math.Max(largest, Math.Max((long)rank * depth, 2L * height * rank));
            foreach ((int image, int permutation) in orbits.ClassImages[number])
            {
                operators.Whole[image] = numbers[0] == 1;
                operators.ClassRank[image] = rank;
                operators.SourceDepth[image] = depth;
                operators.TargetDepth[image] = height;
                units.Add((ring, image, permutation));
            }
        }
        _units = [.. units];
        _scratch = new WorkerScratch<double>(ledger, "operators: compressed M2L, scratch");
        _scratch.Prepare(workers, largest);
    }

    /// <summary>Fills the operators.</summary>
    public void Run(Jobs jobs) => jobs.For(_units.Length, this);

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        (int ring, int image, int permutation) = _units[unit];
        if (!_operators.Whole[image]) Gather(ring, image, permutation, _scratch.Of(worker));
        Spread(ring, image, permutation, _scratch.Of(worker));
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private CoefficientImage[][] Images(string side, int permutations)
    {
        CoefficientImage[][] images = new CoefficientImage[permutations][];
        for (int permutation = 0; permutation < permutations; permutation++)
            images[permutation] = CoefficientImage.FromTable(_matrices[CompressedMatrices.Images(side, permutation)]);
        return images;
    }

    private PlainMatrix[] Functions(string side)
    {
        PlainMatrix[] functions = new PlainMatrix[8];
        for (int segment = 0; segment < 8; segment++) functions[segment] = _matrices[CompressedMatrices.Functions(side, segment)];
        return functions;
    }

    private void Gather(int ring, int image, int permutation, double* scratch)
    {
        int rank = _operators.ClassRank[image], depth = _operators.SourceDepth[image];
        Span<double> turned = new(scratch, rank * depth);
        CoefficientImage.OfColumns(_columns[permutation], _matrices[CompressedMatrices.Gather(ring)].Elements, turned, rank, depth);
        _operators.Gather[image].Resize(checked((int)PackedMatrix.Length(depth, rank, _lane)));
        PackedMatrix.Pack(turned, 1, depth, depth, rank, _lane, _operators.Gather[image].Pointer);
    }

    // For each parity of the octet the sums that reach it, a row of check potentials each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(int ring, int image, int permutation, double* scratch)
    {
        PlainMatrix plain = _matrices[CompressedMatrices.Spread(ring)];
        ReadOnlySpan<double> sums = plain.Elements;
        int stride = plain.Columns;
        bool whole = _operators.Whole[image];
        int rank = _operators.ClassRank[image], height = _operators.TargetDepth[image], flips = OctetMirrors.Flips(ring);
        nint length = (nint)PackedMatrix.Length(rank, height, _lane);
        _operators.Spread[image].Resize(checked((int)(8 * length)));
        Span<double> matrix = new(scratch, height * rank), turned = whole ? new(scratch + (height * rank), height * rank) : matrix;
        for (int parity = 0; parity < 8; parity++)
        {
            double factor = OctetMirrors.Sign(parity, flips) / 8.0;
            for (int i = 0; i < height; i++)
            {
                CoefficientImage row = _rows[permutation][i];
                ReadOnlySpan<double> from = sums[((parity ^ _rowParity[row.From]) * stride)..];
                CoefficientImage.Combine(
                    factor * row.First, from.Slice(row.From * rank, rank), factor * row.Second, from.Slice(row.Also * rank, rank),
                    matrix.Slice(i * rank, rank));
            }
            if (whole) CoefficientImage.OfColumns(_columns[permutation], matrix, turned, height, rank);
            PackedMatrix.Pack(turned, 1, rank, rank, height, _lane, _operators.Spread[image].Pointer + (AxisPermutations.Bits(permutation, parity) * length));
        }
    }
}
