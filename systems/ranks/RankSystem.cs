using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A system that tells other ranks something: it runs on all of them at the same place of the schedule, and its messages are counted. Its ranks wait for each other, so
/// what it throws ends the update everywhere.
/// </summary>
public abstract class RankSystem : BaseSystem<World, FmmStep>
{
    private protected RankSystem(World world, RankLink link)
        : base(world) => Link = link;

    /// <inheritdoc/>
    public sealed override Access Access => Touched.WriteResource<RankLink>().ReadResource<StepChange>();

    /// <summary>What <see cref="Tell"/> touches beside the link.</summary>
    protected abstract Access Touched { get; }

    /// <summary>The ranks, and what they know of each other.</summary>
    private protected RankLink Link { get; }

    /// <summary>Whether it acts only where points are new.</summary>
    private protected virtual bool IsOfTree => false;

    /// <inheritdoc/>
    public sealed override void Update(in FmmStep step)
    {
        if (IsOfTree && !World.Resource<StepChange>().NeedsTree) return;
        Link.Tell(Name, Tell);
    }

    /// <summary>Does what the system does.</summary>
    protected abstract void Tell();
}
