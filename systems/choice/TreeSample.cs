using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Follows a point from the root down, and tells for every leaf capacity at once which leaf it would lie in and what its share of
/// the tree's work would be: a cell of n points in a sample that stands for w points counts w / n times. Of balance what touching
/// cells ask for counts, and not what follows from that further away.
/// </summary>
internal unsafe struct TreeSample
{
    private readonly CellStarts _sources;
    private readonly CellStarts _targets;
    private readonly bool _shared;
    private readonly int _surface;
    private readonly int _directPoints;
    private readonly int _maxLevel;
    private readonly PeriodicAxes _axes;
    private CellNeighbours _above;
    private CellNeighbours _here;
    private fixed int _children[Morton.Directions * 8];
    private int _known;
    private int _octant;

    /// <summary>A sample of the points of a set.</summary>
    /// <param name="sources">The sorted sources.</param>
    /// <param name="targets">The sorted targets; the sources when they are shared.</param>
    /// <param name="shared">Whether targets and sources are the same points.</param>
    /// <param name="surfacePoints">Points of a surface.</param>
    /// <param name="directPoints">Most points of a leaf that acts directly (<see cref="TreeSettings.DirectPoints"/>).</param>
    /// <param name="maxLevel">The deepest level of the tree.</param>
    /// <param name="axes">Axes along which the root repeats.</param>
    public TreeSample(CellStarts sources, CellStarts targets, bool shared, int surfacePoints, int directPoints, int maxLevel, PeriodicAxes axes)
    {
        _axes = axes;
        _sources = sources;
        _targets = targets;
        _shared = shared;
        _surface = surfacePoints;
        _directPoints = directPoints;
        _maxLevel = maxLevel;
    }

    /// <summary>Adds a point's share to the counts of every capacity.</summary>
    /// <param name="key">The point's key.</param>
    /// <param name="weight">How many points it stands for.</param>
    /// <param name="counts">A row a capacity.</param>
    public void Follow(ulong key, double weight, Span<TreeCounts> counts)
    {
        _here.SetRoot(_sources.Keys.Count, _targets.Keys.Count, _axes);
        _octant = 0;
        if (_maxLevel == 0) _here.Close();
        int split = LeafLadder.Count;
        for (int level = 0; split > 0; level++)
        {
            int splitHere = level < _maxLevel ? Math.Min(split, SplitAt(level)) : 0;
            AddLeaf(level, weight, counts, splitHere, split);
            if (splitHere == 0) break;
            _above = _here;
            _octant = (int)(key >> (3 * (Morton.MaxLevel - level - 1))) & 7;
            _here.Descend(_above, level + 1, _octant, _sources, _targets, _shared);
            if (level + 1 == _maxLevel) _here.Close();
            AddSplit(level, weight, counts[..splitHere]);
            split = splitHere;
        }
    }

    // The capacities at which the middle cell is split: its own points ask for it, or a touching cell two levels down is split. The
    // children of a neighbour are looked at where it holds so much more that they could be; elsewhere they are taken as equal.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SplitAt(int level)
    {
        int own = _here.Largest(CellNeighbours.Middle), below = _here.SplitAt[CellNeighbours.Middle], split = below;
        Span<int> largest = stackalloc int[8];
        _known = 0;
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            if (direction == CellNeighbours.Middle || _here.Largest(direction) < 2 * own || _here.SplitAt[direction] <= below) continue;
            _known |= 1 << direction;
            fixed (int* sources = _children) _here.Children(direction, level, _sources, _targets, _shared, new Span<int>(sources + (8 * direction), 8), largest);
            for (int touching = OctetAdjacency.Touching(direction); touching != 0; touching &= touching - 1)
                split = Math.Max(split, LeafLadder.Below(largest[BitOperations.TrailingZeroCount(touching)]));
        }
        return level > 1 && level + 1 < _maxLevel ? split : below;
    }

    private readonly int Points(in CellNeighbours cells, int direction) =>
        _shared ? cells.Sources[direction] : cells.Sources[direction] + cells.Targets[direction];

    private readonly bool IsSibling(int direction) => OctetAdjacency.Step(_octant, direction, out _) == CellNeighbours.Middle;

    // The cell one level up is split at these capacities; its children are among the cells here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddSplit(int level, double weight, Span<TreeCounts> counts)
    {
        double share = weight / Points(_above, CellNeighbours.Middle);
        Span<int> neighbours = stackalloc int[LeafLadder.Count + 1], children = stackalloc int[LeafLadder.Count + 1];
        neighbours.Clear();
        children.Clear();
        bool transfers = level + 1 >= TreeShape.FirstFarLevelInSpace && _above.Targets[CellNeighbours.Middle] > 0;
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            if (transfers && direction != CellNeighbours.Middle && _above.Sources[direction] > 0) neighbours[_above.SplitAt[direction]]++;
            if (IsSibling(direction) && Points(_here, direction) > 0) children[_here.SplitAt[direction]]++;
        }
        int splitNeighbours = 0, leaves = 0;
        for (int i = counts.Length; i <= LeafLadder.Count; i++) splitNeighbours += neighbours[i];
        for (int i = 0; i < counts.Length; i++) leaves += children[i];
        for (int i = counts.Length - 1; i >= 0; i--)
        {
            counts[i].Octets += share;
            counts[i].OctetPairs += share * splitNeighbours;
            counts[i].Leaves += share * leaves;
            splitNeighbours += neighbours[i];
            leaves -= children[i];
        }
    }

    // The middle cell is a leaf at the capacities from first to end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddLeaf(int level, double weight, Span<TreeCounts> counts, int first, int end)
    {
        if (first == end) return;
        int own = Points(_here, CellNeighbours.Middle);
        double targets = weight * _here.Targets[CellNeighbours.Middle] / own;
        for (int i = first; i < end; i++)
        {
            Neighbours(level, i, out double near, out double members, out double direct, out double mixed);
            double leaves = LeafShare(level, i) * weight;
            counts[i].NearPairs += targets * (near + (2 * direct));
            counts[i].MixedPairs += targets * 2 * mixed;
            counts[i].NearSources += leaves * near;
            counts[i].NearMembers += leaves * members;
            if (level == 0) counts[i].Leaves += leaves;
        }
    }

    // Leaves that a point of this leaf stands for: those among its siblings over the points in them, and never many more than the
    // parent's points allow, so that a lonely point does not count for the whole sample.
    private readonly double LeafShare(int level, int capacity)
    {
        if (level == 0) return 1.0 / Points(_here, CellNeighbours.Middle);
        int leaves = 0, points = 0;
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            int inside = IsSibling(direction) ? Points(_here, direction) : 0;
            if (inside == 0 || _here.SplitAt[direction] > capacity) continue;
            leaves++;
            points += inside;
        }
        return leaves / Math.Max(points, Points(_above, CellNeighbours.Middle) / 8.0);
    }

    // The leaf's touching members and their sources, the sources of those textbook W members that act directly, and the surface points of
    // the others. By symmetry the X lists cost as much as the W lists.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Neighbours(int level, int capacity, out double near, out double members, out double direct, out double mixed)
    {
        near = members = direct = mixed = 0;
        int coarse = 0;
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            int parent = OctetAdjacency.Step(_octant, direction, out _);
            if (level > 0 && parent != CellNeighbours.Middle && _above.SplitAt[parent] <= capacity)
            {
                if ((coarse >> parent & 1) != 0 || _above.Sources[parent] == 0) continue;
                coarse |= 1 << parent;
                near += _above.Sources[parent];
                members++;
                continue;
            }
            int sources = _here.Sources[direction];
            if (sources == 0) continue;
            if (_here.SplitAt[direction] <= capacity)
            {
                near += sources;
                members++;
                continue;
            }
            int touching = OctetAdjacency.Touching(direction);
            bool known = (_known >> direction & 1) != 0;
            for (int child = 0; child < 8; child++)
            {
                double inside = known ? _children[(8 * direction) + child] : sources / 8.0;
                if (inside == 0) continue;
                if ((touching >> child & 1) == 0)
                {
                    if (inside <= _directPoints) direct += inside;
                    else mixed += _surface;
                    continue;
                }
                near += inside;
                members++;
            }
        }
    }
}
