using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Adds a multiple of the squared distance from the root's centre to the potentials of all targets, and its slope to the gradients.</summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class BackgroundIn<T>(World world, bool gradient) : Background(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, TargetRange>();
    private static readonly QueryDescription _points = PointColumns<T>.Targets.WithBlock<FarField, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<TargetRange> _targets = new();
    private readonly PointColumns<T> _columns = new();
    private WorkPlan? _plan;
    private TreeShape? _shape;
    private T* _field;
    private double _factor;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).Gather(in _points).WriteBlock<FarField, T>().ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<ImageField>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        ImageField images = World.Resource<ImageField>();
        if (!images.HasBackground) return;
        _factor = images.Curvature * images.Charge;
        _shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _rows.Read(World.Query(in _nodes));
        _keys.Read(_rows);
        _targets.Read(_rows);
        Chunk points = SortedPoints.Of(World.Query(in _points));
        _columns.ReadTargets(points);
        _field = points.WriteBlock<FarField, T>().Pointer;
        Jobs.For(_plan.LeafBatches.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.LeafBatches.Pointer[unit];
        double scale = LevelUnit.Of<T>(_shape!, run.Level) / _shape!.Unit;
        int stride = gradient ? 4 : 1;
        for (int i = 0; i < run.Count; i++)
        {
            int row = _plan.Leaves.Pointer[run.Start + i];
            TargetRange range = _targets[run.Level][row];
            Position origin = LevelUnit.Origin<T>(_shape.RootCube, run.Level, _keys[run.Level][row].Value), centre = _shape.Centre;
            double left = (origin.X - centre.X) / _shape.Unit, front = (origin.Y - centre.Y) / _shape.Unit, below = (origin.Z - centre.Z) / _shape.Unit;
            PointList<T> points = _columns.TargetList(range.Start, range.Count);
            T* field = _field + ((nint)range.Start * stride);
            for (int p = 0; p < range.Count; p++, field += stride)
            {
                double x = left + (scale * double.CreateTruncating(points.X[p])), y = front + (scale * double.CreateTruncating(points.Y[p]));
                double z = below + (scale * double.CreateTruncating(points.Z[p]));
                field[0] += T.CreateTruncating(_factor * ((x * x) + (y * y) + (z * z)));
                if (!gradient) continue;
                field[1] += T.CreateTruncating(2 * _factor * x);
                field[2] += T.CreateTruncating(2 * _factor * y);
                field[3] += T.CreateTruncating(2 * _factor * z);
            }
        }
    }
}
