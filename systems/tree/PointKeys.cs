using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Reads the key column of sorted points.</summary>
internal static unsafe class PointKeys
{
    /// <summary>The keys of an archetype of sorted points.</summary>
    public static SortedKeys SortedKeys(this Archetype points)
    {
        Chunk chunk = points.Chunk;
        return new SortedKeys((ulong*)chunk.ReadPointer<PointKey>(), chunk.Count);
    }
}
