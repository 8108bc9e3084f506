using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Waits for the charges of ghosts, before the near field needs them.</summary>
public abstract class AwaitGhostCharges : RankSystem
{
    private protected AwaitGhostCharges(World world, RankLink link)
        : base(world, link)
    {
    }

    /// <inheritdoc/>
    public override string Name => nameof(AwaitGhostCharges);
}
