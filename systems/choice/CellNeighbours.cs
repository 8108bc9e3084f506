using System.Runtime.CompilerServices;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// A cell of some level and its 26 neighbours, by direction as in <see cref="Morton.Directions"/>: where their points begin among the
/// sorted keys and how many there are. A neighbour that lies outside or holds nothing has no points.
/// </summary>
internal unsafe struct CellNeighbours
{
    /// <summary>The cell itself.</summary>
    public const int Middle = 13;

    /// <summary>Where a cell's sources begin.</summary>
    public fixed int SourceStart[Morton.Directions];

    /// <summary>Sources of a cell.</summary>
    public fixed int Sources[Morton.Directions];

    /// <summary>Where a cell's targets begin.</summary>
    public fixed int TargetStart[Morton.Directions];

    /// <summary>Targets of a cell.</summary>
    public fixed int Targets[Morton.Directions];

    /// <summary>How many capacities are too small for a cell: those at which it is split.</summary>
    public fixed byte SplitAt[Morton.Directions];

    private fixed ulong _keys[Morton.Directions];

    /// <summary>Becomes the root without neighbours.</summary>
    public void SetRoot(int sources, int targets)
    {
        this = default;
        Sources[Middle] = sources;
        Targets[Middle] = targets;
        SplitAt[Middle] = (byte)LeafLadder.Below(Largest(Middle));
    }

    /// <summary>What decides whether a cell is split: the larger of its numbers of sources and targets.</summary>
    public readonly int Largest(int direction) => Math.Max(Sources[direction], Targets[direction]);

    /// <summary>Becomes the ring around a child of the middle cell of the ring above.</summary>
    /// <param name="above">The ring one level up.</param>
    /// <param name="level">Level of the child, 1 or deeper.</param>
    /// <param name="octant">Which child.</param>
    /// <param name="sources">The sorted sources.</param>
    /// <param name="targets">The sorted targets; the sources when they are shared.</param>
    /// <param name="shared">Whether targets and sources are the same points.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Descend(in CellNeighbours above, int level, int octant, CellStarts sources, CellStarts targets, bool shared)
    {
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            int parent = OctetAdjacency.Step(octant, direction, out int child);
            ulong key = (above._keys[parent] << 3) | (uint)child;
            _keys[direction] = key;
            Sources[direction] = sources.Find(key, level, above.SourceStart[parent], above.Sources[parent], out SourceStart[direction]);
            Targets[direction] = shared
                ? Sources[direction]
                : targets.Find(key, level, above.TargetStart[parent], above.Targets[parent], out TargetStart[direction]);
            SplitAt[direction] = (byte)LeafLadder.Below(Largest(direction));
        }
    }

    /// <summary>Sources and the larger of the numbers of sources and targets of a cell's eight children.</summary>
    /// <param name="direction">Which cell.</param>
    /// <param name="level">Its level, less than the deepest.</param>
    /// <param name="keys">The sorted sources.</param>
    /// <param name="targetKeys">The sorted targets; the sources when they are shared.</param>
    /// <param name="shared">Whether targets and sources are the same points.</param>
    /// <param name="sources">Receives sources by child.</param>
    /// <param name="largest">Receives the larger number by child.</param>
    public readonly void Children(
        int direction, int level, CellStarts keys, CellStarts targetKeys, bool shared, Span<int> sources, Span<int> largest)
    {
        for (int child = 0; child < 8; child++)
        {
            ulong key = (_keys[direction] << 3) | (uint)child;
            sources[child] = largest[child] = keys.Find(key, level + 1, SourceStart[direction], Sources[direction], out _);
            if (!shared) largest[child] = Math.Max(largest[child], targetKeys.Find(key, level + 1, TargetStart[direction], Targets[direction], out _));
        }
    }
}
