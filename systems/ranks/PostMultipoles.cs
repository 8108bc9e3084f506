using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Sends the multipoles of this rank's nodes that other ranks' lists name, and begins to receive theirs: they arrive during the near field. Nodes that borders cut follow in
/// <see cref="AwaitMultipoles"/>, where they are put together.
/// </summary>
public abstract class PostMultipoles : RankSystem
{
    private protected PostMultipoles(World world, RankLink link)
        : base(world, link)
    {
    }

    /// <inheritdoc/>
    public override string Name => nameof(PostMultipoles);
}
