using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Waits for other ranks' multipoles, and puts those of nodes together that borders cut: from the deepest level up, each on one rank, from the whole multipoles of its eight
/// children in their order, so that the sum is that of one rank alone, to the last bit. What lists name of them goes on to the ranks that ask.
/// </summary>
/// <remarks>
/// There is one such node a level on a rank, along the path to its last cell: at most 21 short messages one after the other, two for most ranks. Summing
/// parts of multipoles in a tree of ranks, as other codes do, has log P of them, and other bits for each number of ranks.
/// </remarks>
public abstract class AwaitMultipoles : RankSystem
{
    private protected AwaitMultipoles(World world, RankLink link)
        : base(world, link)
    {
    }

    /// <inheritdoc/>
    public override string Name => nameof(AwaitMultipoles);
}
