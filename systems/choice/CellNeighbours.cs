using System.Runtime.CompilerServices;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// What the points are around one cell, before there is a tree: the cell and its 26 neighbours of the same level, by direction as in
/// <see cref="Morton.Directions"/>, each with where its points begin among the sorted keys and how many there are. From the neighbours of a
/// cell follow those of its children (<see cref="Descend"/>), so that a walk from the root down knows at each level whether a tree
/// would be split here, and what a leaf would have around it. A neighbour outside the box has no points, like an empty one; where the box
/// repeats it is the box itself.
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

    /// <summary>How many of <see cref="LeafLadder.Capacities"/>, which ascend, are too small for a cell: with a leaf capacity below this index it is split.</summary>
    public fixed byte SplitAt[Morton.Directions];

    private fixed ulong _keys[Morton.Directions];

    /// <summary>Becomes the root without neighbours, or among its images, where it is split at all capacities.</summary>
    /// <param name="sources">All sources.</param>
    /// <param name="targets">All targets.</param>
    /// <param name="axes">Axes along which the root repeats.</param>
    public void SetRoot(int sources, int targets, PeriodicAxes axes = PeriodicAxes.None)
    {
        this = default;
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            PeriodicAxes across = (direction % 3 == 1 ? 0 : PeriodicAxes.X) | (direction / 3 % 3 == 1 ? 0 : PeriodicAxes.Y) | (direction / 9 == 1 ? 0 : PeriodicAxes.Z);
            if ((across & ~axes) != 0) continue;
            Sources[direction] = sources;
            Targets[direction] = targets;
            SplitAt[direction] = (byte)(axes != PeriodicAxes.None ? LeafLadder.Count : LeafLadder.Below(Largest(Middle)));
        }
    }

    /// <summary>What decides whether a cell is split: the larger of its numbers of sources and targets.</summary>
    public readonly int Largest(int direction) => Math.Max(Sources[direction], Targets[direction]);

    /// <summary>Becomes the neighbourhood of a child of the cell that <paramref name="above"/> is about.</summary>
    /// <param name="above">The neighbourhood one level up.</param>
    /// <param name="level">Level of the child, 1 or deeper.</param>
    /// <param name="octant">Which child becomes the middle cell.</param>
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

    /// <summary>Makes all cells leaves, whatever they hold: those of the deepest level.</summary>
    public void Close()
    {
        for (int direction = 0; direction < Morton.Directions; direction++) SplitAt[direction] = 0;
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
