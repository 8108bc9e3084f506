using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests;

/// <summary>Reads nodes and sorted points of a world, as a user's program does: by queries.</summary>
internal static class TreeReading
{
    /// <summary>One component of the nodes of a level.</summary>
    public static ReadOnlySpan<T> Nodes<T>(this World world, int level)
        where T : unmanaged => world.NodeChunk(new QueryDescription().WithAll<T>(), level).Read<T>();

    /// <summary>The nodes of a level.</summary>
    public static Chunk NodeChunk(this World world, QueryDescription description, int level)
    {
        NodeRows rows = new();
        rows.Read(world.Query(in description));
        return rows[level];
    }

    /// <summary>One component of the sorted points with a tag.</summary>
    public static ReadOnlySpan<T> Points<TTag, T>(this World world)
        where TTag : unmanaged
        where T : unmanaged => SortedPoints.Of(world.Query(new QueryDescription().WithAll<TTag, T>())).Read<T>();
}
