using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>An M2L whose blocks of target octets do not depend on each other and are each carried out in one go.</summary>
/// <typeparam name="T">Working precision.</typeparam>
public abstract unsafe class BlockM2L<T>(World world, Expansion expansion) : M2L<T>(world, expansion)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Execute(int unit, int worker)
    {
        RowRun block = Plan.TransferBlocks.Pointer[unit];
        new Span<T>(Locals.Row(block.Level, 8 * block.Start), 8 * block.Count * Expansion.CheckCount).Clear();
        BlockPairs pairs = Pairs(block, worker);
        if (pairs.First(TransferVectors.OctetCount) > 0) Transfer(block, pairs, Operators![block.Level], worker);
    }

    /// <inheritdoc/>
    protected override void Transfer(TreeShape shape)
    {
        Prepare(Jobs.WorkerCount);
        Jobs.For(Plan.TransferBlocks.Length, this);
    }

    /// <summary>Makes room for each worker's scratch.</summary>
    protected abstract void Prepare(int workers);

    private protected abstract void Transfer(RowRun block, BlockPairs pairs, LevelOperators<T> operators, int worker);
}
