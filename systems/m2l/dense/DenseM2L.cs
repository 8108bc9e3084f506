using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// M2L with a dense matrix for each of the 316 transfer vectors: gathers the densities of all pairs of a block that share a
/// direction and a pair of octants, multiplies them at once by BLAS, and adds the rows to their targets.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class DenseM2L<T> : OctetM2L<T, DenseOperators<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ILinearAlgebra _algebra;
    private readonly WorkerScratch<T> _scratch;

    /// <summary>The system for expansions of the given sizes.</summary>
    internal DenseM2L(World world, ExpansionSizes expansion, ILinearAlgebra algebra)
        : base(world, expansion)
    {
        _algebra = algebra;
        _scratch = new WorkerScratch<T>(world.Ledger, "M2L: gathered densities");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    public override void Execute(int unit, int worker)
    {
        RowRun block = Plan.TransferBlocks.Pointer[unit];
        new Span<T>(Locals.Row(block.Level, 8 * block.Start), 8 * block.Count * ExpansionSizes.CheckCount).Clear();
        BlockPairs pairs = Pairs(block, worker);
        if (pairs.First(TransferVectors.OctetCount) > 0) TransferBlock(block, pairs, Operators![block.Level], worker);
    }

    /// <inheritdoc/>
    protected override void Transfer(TreeShape shape)
    {
        _scratch.Prepare(Jobs.WorkerCount, (64L * (ExpansionSizes.DensityCount + ExpansionSizes.CheckCount)) + ExpansionSizes.CheckCount);
        Jobs.For(Plan.TransferBlocks.Length, this);
    }

    private void TransferBlock(RowRun block, BlockPairs pairs, DenseOperators<T> operators, int worker)
    {
        int density = ExpansionSizes.DensityCount, check = ExpansionSizes.CheckCount;
        T* gathered = _scratch.Of(worker);
        T* potentials = gathered + (64 * density), sorted = potentials + (64 * check);
        for (int direction = 0; direction < TransferVectors.OctetCount; direction++)
        {
            int count = pairs.First(direction + 1) - pairs.First(direction);
            int* list = pairs.Pairs(direction);
            for (int octants = 0; count > 0 && octants < 64; octants++)
            {
                int target = octants / 8, source = octants % 8;
                int slot = TransferVectors.Slot(direction, target, source);
                if (slot < 0) continue;
                for (int i = 0; i < count; i++)
                {
                    T* row = Multipoles.Row(block.Level, (8 * pairs.Sources[list[2 * i]]) + source);
                    ParityRows<T>.Unsort(ExpansionSizes.Densities, source, row, ExpansionSizes.Surface.Count, gathered + (i * density));
                }
                T* matrix = operators.Matrices.Pointer + ((nint)slot * density * check);
                _algebra.Gemm(false, count, check, density, gathered, density, matrix, check, potentials, check);
                for (int i = 0; i < count; i++)
                {
                    T* row = Locals.Row(block.Level, (8 * (block.Start + (list[(2 * i) + 1]))) + target);
                    ParityRows<T>.Sort(ExpansionSizes.Checks, target, potentials + (i * check), ExpansionSizes.Surface.Count, sorted);
                    for (int k = 0; k < check; k++) row[k] += sorted[k];
                }
                Counters.Add(0, 2L * count * density * check, 0);
            }
        }
    }
}
