using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>What the near field reads in a step, fetched from the world once: the points by column, which leaves act on which, and how the work is cut.</summary>
internal sealed unsafe class NearInput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly QueryDescription _nodes = NearLists.Nodes.WithAll<NodeKey>();
    private static readonly QueryDescription _sources = PointColumns<T>.Sources;
    private static readonly QueryDescription _targets = PointColumns<T>.Targets.WithBlock<NearField, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private TreeShape? _shape;

    /// <summary>What <see cref="Read(World)"/> takes to read it.</summary>
    public static Access Access { get; } = new Access()
        .Gather(in _nodes).Gather(in _sources).Gather(in _targets).Union(ExactPoints.Access)
        .ReadResource<TreeShape>().ReadResource<ListStore>().ReadResource<WorkPlan>();

    /// <summary>The U lists.</summary>
    public NearLists Lists { get; } = new();

    /// <summary>Charge vectors whose fields are wanted: each source has the charges of all of them together, and <see cref="Field"/> has one vector after the other.</summary>
    public int Vectors { get; private set; } = 1;

    /// <summary>The points' columns.</summary>
    public PointColumns<T> Points { get; } = new();

    /// <summary>How the work is cut.</summary>
    public WorkPlan Plan { get; private set; } = null!;

    /// <summary>Counts the nodes of all levels through: the number of a level's first row.</summary>
    public NodeNumbers Numbers { get; } = new();

    /// <summary>All rows of the tree.</summary>
    public int TotalRows { get; private set; }

    /// <summary>Where the near field goes: all numbers of a target together, targets in Morton order.</summary>
    public T* Field { get; private set; }

    /// <summary>The points as the user gave them.</summary>
    public ExactPoints Exact { get; private set; }

    /// <summary>
    /// Whether pairs may be too close for a sum: by rounded coordinates, or where lengths spread so far that some can't be squared.
    /// </summary>
    public bool LooksForPairs => !LevelUnit.IsAbsolute<T>() || _shape!.IsExtreme;

    /// <summary>Whether sources and targets are the same points.</summary>
    public bool Shared { get; private set; }

    /// <summary>Targets.</summary>
    public int TargetCount { get; private set; }

    /// <summary>Takes the method's own columns.</summary>
    public void Read(World world)
    {
        ReadTree(world);
        Chunk targets = SortedPoints.Of(world.Query(in _targets));
        Points.ReadSources(SortedPoints.Of(world.Query(in _sources)));
        Points.ReadTargets(targets);
        Field = targets.WriteBlock<NearField, T>().Pointer;
    }

    /// <summary>
    /// Takes columns that others made: in double precision beside a method of single precision (<see cref="WideNear"/>), or with the charges of several
    /// vectors; tree, lists and plan are the same.
    /// </summary>
    public void Read(World world, PointColumns<T> columns, T* field, int vectors = 1)
    {
        ReadTree(world);
        Vectors = vectors;
        Points.Read(columns);
        Field = field;
    }

    private void ReadTree(World world)
    {
        TreeShape shape = world.Resource<TreeShape>();
        PointRows rows = world.Resource<PointRows>();
        _shape = shape;
        _rows.Read(world.Query(in _nodes));
        _keys.Read(_rows);
        Lists.Read(_rows, world.Resource<ListStore>());
        Exact = ExactPoints.Of(world);
        Shared = rows.Shared;
        TargetCount = rows.Targets;
        Plan = world.Resource<WorkPlan>();
        Numbers.Read(_rows);
        TotalRows = shape.TotalRows;
    }

    /// <summary>Half width of the nodes of a level, in the level's unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double HalfWidth(int level) => NodeGeometry.HalfWidth(_shape!.RootCube, level) / LevelUnit.Of<T>(_shape, level);

    /// <summary>Where the coordinates of a leaf's points count from, in the user's units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Position Origin(int level, int row) => LevelUnit.Origin<T>(_shape!.RootCube, level, _keys[level][row].Value);

    /// <summary>The same for a member of a list, in the image that it acts from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Position Origin(ListMember member)
    {
        Position origin = Origin(member.Level, member.Row), shift = _shape!.Shift(member.Image);
        return new Position(origin.X + shift.X, origin.Y + shift.Y, origin.Z + shift.Z);
    }

    /// <summary>A source as the user gave it, in an image of the box.</summary>
    public Position ExactSource(int point, int image)
    {
        Position source = Exact.Source(point), shift = _shape!.Shift(image);
        return new Position(source.X + shift.X, source.Y + shift.Y, source.Z + shift.Z);
    }
}
