using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>What the near field is made of: points, lists, and the plan of the work.</summary>
internal sealed unsafe class NearInput<T>(int surfacePoints)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LevelColumn<NodeKey> _keys = new();
    private Domain _domain;

    /// <summary>The leaves that a leaf takes directly.</summary>
    public NearLists Lists { get; } = new(surfacePoints);

    /// <summary>The points' columns.</summary>
    public PointColumns<T> Points { get; } = new();

    /// <summary>How the work is cut.</summary>
    public WorkPlan Plan { get; private set; } = null!;

    /// <summary>Numbers of the tree's rows.</summary>
    public NodeNumbers Numbers { get; } = new();

    /// <summary>All rows of the tree.</summary>
    public int TotalRows { get; private set; }

    /// <summary>The near field's column.</summary>
    public T* Field { get; private set; }

    public void Read(World world)
    {
        TreeShape shape = world.Resource<TreeShape>();
        PointRows rows = world.Resource<PointRows>();
        _domain = shape.Domain;
        _keys.Read(shape);
        Lists.Read(shape, world.Resource<ListStore>());
        Points.Read(rows);
        Plan = world.Resource<WorkPlan>();
        Numbers.Read(shape);
        TotalRows = shape.TotalRows;
        Field = rows.Targets.Chunk.WriteBlock<NearField, T>().Pointer;
    }

    /// <summary>Half width of the nodes of a level.</summary>
    public double HalfWidth(int level) => NodeGeometry.HalfWidth(_domain, level);

    /// <summary>Centre of a node.</summary>
    public Position Centre(int level, int row) => NodeGeometry.Centre(_domain, level, _keys[level][row].Value);
}
