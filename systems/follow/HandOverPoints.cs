using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Where leaves stand and points went from one to another (<see cref="TreePath.Refitted"/>): puts the sorted points into their new order,
/// and tells the nodes what they hold.
/// </summary>
/// <remarks>Within a leaf points are not in the order of their keys then, which no operator asks for.</remarks>
/// <param name="world">The world.</param>
public sealed unsafe class HandOverPoints(World world) : TreeSystem(world)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks, SourceRange, TargetRange, Occupancy>();
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag, InputIndex>();
    private static readonly QueryDescription _targets = new QueryDescription().WithAll<TargetTag, InputIndex>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<SourceRange> _sourceRanges = new();
    private readonly LevelColumn<TargetRange> _targetRanges = new();
    private readonly LevelColumn<Occupancy> _holds = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Refitted;

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access()
        .Read(in _nodes).Write<SourceRange>().Write<TargetRange>().Write<Occupancy>().Read(in _sources).Read(in _targets).Write<InputIndex>()
        .ReadResource<PointRows>().WriteResource<TreeShape>().WriteResource<Following>();

    /// <inheritdoc/>
    protected override void Build()
    {
        if (World.Resource<StepChange>().Path != TreePath.Refitted) return;
        Following following = World.Resource<Following>();
        bool shared = World.Resource<PointRows>().Shared;
        FollowedSet targets = shared ? following.Sources : following.Targets;
        following.Sources.HandOver(SortedPoints.Of(World.Query(in _sources)).WritePointer<InputIndex>(), Jobs);
        if (!shared) targets.HandOver(SortedPoints.Of(World.Query(in _targets)).WritePointer<InputIndex>(), Jobs);
        _rows.Read(World.Query(in _nodes));
        _sourceRanges.Write(_rows);
        _targetRanges.Write(_rows);
        _holds.Write(_rows);
        LeafCells cells = following.Cells;
        for (int i = 0; i < cells.Count; i++)
        {
            LeafCell cell = cells.Pointer[i];
            _sourceRanges[cell.Level][cell.Row] = new SourceRange { Start = following.Sources.Starts[i], Count = following.Sources.Counts[i] };
            _targetRanges[cell.Level][cell.Row] = new TargetRange { Start = targets.Starts[i], Count = targets.Counts[i] };
        }
        Sum();
    }

    // From the leaves up: a node's points are those of its children, which follow each other.
    private void Sum()
    {
        int nodes = 0, leaves = 0;
        for (int level = _rows.Depth; level >= 0; level--)
        {
            NodeLinks* links = _rows[level].ReadPointer<NodeLinks>();
            for (int row = 0; row < _rows[level].Count; row++)
            {
                int first = links[row].FirstChild;
                if (first >= 0)
                {
                    SourceRange* sources = _sourceRanges[level + 1] + first;
                    TargetRange* targets = _targetRanges[level + 1] + first;
                    _sourceRanges[level][row] = new SourceRange { Start = sources[0].Start, Count = sources[7].End - sources[0].Start };
                    _targetRanges[level][row] = new TargetRange { Start = targets[0].Start, Count = targets[7].End - targets[0].Start };
                }
                Occupancy holds = _holds[level][row] = new Occupancy { Sources = _sourceRanges[level][row].Count != 0, Targets = _targetRanges[level][row].Count != 0 };
                if (!holds.Any) continue;
                nodes++;
                leaves += first < 0 ? 1 : 0;
            }
        }
        World.Resource<TreeShape>().Count(nodes, leaves);
    }
}
