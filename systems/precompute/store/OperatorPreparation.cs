using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Computes operators without points: what fills an <see cref="OperatorStore"/> before the first run.</summary>
public static class OperatorPreparation
{
    /// <summary>
    /// Half width of the root's cube for points of an extent. A kernel with a length of its own has operators for each size of boxes, and only
    /// four sizes a power of two are used: extents of up to a fifth more share one.
    /// </summary>
    /// <param name="extent">What the points' largest distance along an axis is below, more than 0.</param>
    public static double RootHalfWidth(double extent)
    {
        if (!(extent is > 0 and < double.PositiveInfinity)) throw new ArgumentOutOfRangeException(nameof(extent), extent, "The extent of the points must be finite and more than 0.");
        return BoundPoints.Quantised(new RootCube(default, extent / 2)).HalfWidth;
    }

    /// <summary>Makes the operators of a method, all that a tree of this size and depth needs, and with them fills <see cref="FmmOptions.OperatorStore"/>.</summary>
    /// <remarks>
    /// A box that repeats (<see cref="FmmOptions.Periodic"/>) is the root itself, whatever points there are; the extent counts along its free axes alone. What
    /// images act by is made at each run, in milliseconds, and kept nowhere.
    /// </remarks>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What the runs are asked for; the store is in it.</param>
    /// <param name="extent">What the points' largest distance along an axis that does not repeat is below; it means nothing to a homogeneous kernel.</param>
    /// <param name="depth">Deepest level, 2 to 21; it means nothing to a homogeneous kernel.</param>
    /// <param name="dispatcher">Threads that the host lends; null for a team of its own.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArgumentOutOfRangeException">The extent or the depth is out of range.</exception>
    /// <exception cref="ArgumentException">The extent is too long for the box that repeats along other axes.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static void Run<TKernel>(
        TKernel kernel, FmmOptions options, double extent = 1, int depth = TreeShape.FirstFarLevelInSpace, IThreadDispatcher? dispatcher = null, CancellationToken cancellation = default)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, TreeShape.FirstFarLevelInSpace);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, Morton.MaxLevel);
        RootCube cube = new(default, RootHalfWidth(extent));
        PeriodicBox? box = options.Periodic;
        using ThreadDispatcher? own = dispatcher is null ? new ThreadDispatcher(options.Threads) : null;
        World world = World.Create();
        try
        {
            FmmParts parts = FmmParts.Create(world, kernel, options);
            using Schedule<FmmStep> schedule = new("operators");
            schedule.Add(parts.PrepareOperators());
            schedule.Add(parts.PrepareTransfers());
            TreeShape shape = world.Resource<TreeShape>();
            shape.Enclose(box is null ? cube : WrapPoints.Root(box, default, new Position(extent, extent, extent)), KernelUnits.Supports(kernel));
            if (box is not null) shape.Repeat(box);
            for (int level = 0; level <= Math.Max(depth, shape.LeastLevel); level++) shape.Assign(level, 1);
            schedule.Update(FmmStep.Everything, dispatcher ?? own!, cancellation);
        }
        finally
        {
            World.Destroy(world);
        }
    }
}
