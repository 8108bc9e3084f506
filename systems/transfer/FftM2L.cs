using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// M2L as a convolution: on the lattice of the inner surfaces the kernel depends on the difference of lattice points alone, so
/// that in frequency space a transfer is one multiplication. A block's sources (its octets and their halo) are transformed,
/// multiplied frequency by frequency while their slice stays in cache, and transformed back; no spectrum outlives its block.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TLane">Registers of at most eight numbers, one a child.</typeparam>
public sealed unsafe class FftM2L<T, TLane> : M2L<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly OctetTransform<T, TLane> _transform;
    private readonly WorkerScratch<T> _scratch;
    private readonly int[] _lattice;

    /// <summary>The system for expansions of the given sizes.</summary>
    public FftM2L(World world, Expansion expansion)
        : base(world, expansion)
    {
        _transform = new OctetTransform<T, TLane>(world.Ledger, expansion.Order);
        _scratch = new WorkerScratch<T>(world.Ledger, "M2L: spectra");
        Surface surface = expansion.Surface;
        _lattice = new int[surface.Count];
        for (int i = 0; i < surface.Count; i++)
        {
            _lattice[i] = 8 * ((((surface.Lattice(i, 0) * surface.Order) + surface.Lattice(i, 1)) * surface.Order) + surface.Lattice(i, 2));
        }
    }

    private int LatticeLength => 8 * Expansion.Order * Expansion.Order * Expansion.Order;

    private int WorkLength => LatticeLength + _transform.ScratchLength(Expansion.Order) + (32 * _transform.Period);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _transform.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Prepare(int workers)
    {
        WorkPlan plan = World.Resource<WorkPlan>();
        long longest = 0;
        for (int i = 0; i < plan.TransferBlocks.Length; i++) longest = Math.Max(longest, Slots(plan.TransferBlocks.Pointer[i].Count));
        int components = Math.Max(Expansion.SourceComponents, Expansion.PotentialComponents);
        _scratch.Prepare(workers, WorkLength + (16 * longest * Expansion.FrequencyCount * components));
    }

    private protected override void Transfer(RowRun block, BlockPairs pairs, LevelOperators<T> operators, int worker)
    {
        int frequencies = Expansion.FrequencyCount, columns = Expansion.SourceComponents, rows = Expansion.PotentialComponents;
        T* lattice = _scratch.Of(worker);
        T* work = lattice + LatticeLength;
        T* sources = lattice + WorkLength;
        nint sourceStride = 16 * pairs.SourceCount, targetStride = 16 * block.Count;
        nint sourceComponent = sourceStride * frequencies, targetComponent = targetStride * frequencies;
        T* targets = sources + (sourceComponent * columns);
        new Span<T>(lattice, LatticeLength).Clear();
        for (int slot = 0; slot < pairs.SourceCount; slot++)
        {
            for (int c = 0; c < columns; c++)
            {
                Scatter(Multipoles.Row(block.Level, 8 * pairs.Sources[slot]) + (c * Expansion.Surface.Count), lattice);
                _transform.Forward(lattice, Expansion.Order, hollow: true, sources + (c * sourceComponent) + (16 * slot), sourceStride, work);
            }
        }
        Multiply(pairs, operators, sources, sourceStride, targets, targetStride);
        for (int i = 0; i < block.Count; i++)
        {
            for (int c = 0; c < rows; c++)
            {
                _transform.Inverse(targets + (c * targetComponent) + (16 * i), targetStride, lattice, work);
                Gather(lattice, Locals.Row(block.Level, 8 * (block.Start + i)) + (c * Expansion.Surface.Count));
            }
        }
        Counters.Add(0, 512L * pairs.First(TransferVectors.OctetCount) * frequencies * rows * columns, 0);
    }

    private void Multiply(BlockPairs pairs, LevelOperators<T> operators, T* sources, nint sourceStride, T* targets, nint targetStride)
    {
        int frequencies = Expansion.FrequencyCount, columns = Expansion.SourceComponents, rows = Expansion.PotentialComponents;
        for (int row = 0; row < rows; row++)
        {
            for (int f = 0; f < frequencies; f++)
            {
                T* target = targets + (((row * (nint)frequencies) + f) * targetStride);
                new Span<T>(target, (int)targetStride).Clear();
                for (int column = 0; column < columns; column++)
                {
                    T* source = sources + (((column * (nint)frequencies) + f) * sourceStride);
                    T* matrix = operators.Transfer.Pointer + ((((nint)((row * columns) + column) * frequencies) + f) * 128);
                    nint direction = (nint)rows * columns * frequencies * 128;
                    for (int d = 0; d < TransferVectors.OctetCount; d++, matrix += direction)
                    {
                        OctetTransfer<T, TLane>.Add(matrix, pairs.Pairs(d), pairs.First(d + 1) - pairs.First(d), source, target);
                    }
                }
            }
        }
    }

    // Eight rows of densities to eight lanes of the lattice's surface.
    private void Scatter(T* rows, T* lattice)
    {
        int stride = Expansion.DensityCount;
        for (int i = 0; i < _lattice.Length; i++)
        {
            T* at = lattice + _lattice[i];
            for (int child = 0; child < 8; child++) at[child] = rows[(child * stride) + i];
        }
    }

    private void Gather(T* lattice, T* rows)
    {
        int stride = Expansion.CheckCount;
        for (int i = 0; i < _lattice.Length; i++)
        {
            T* at = lattice + _lattice[i];
            for (int child = 0; child < 8; child++) rows[(child * stride) + i] = at[child];
        }
    }

    // A block of a cube of c^3 octets and its halo: c^3 + (c + 2)^3 slots; a run of any other shape has no more than 27 a target.
    private static long Slots(int count) => count + Math.Min(27L * count, 216);
}
