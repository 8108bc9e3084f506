using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Resource: the near field in double precision beside a method of single precision. It is used for points that lie so close together,
/// or so often close together, that single precision's coordinates can't tell them apart.
/// </summary>
internal sealed unsafe class WideNear(Ledger ledger) : IJob, IDisposable
{
    private const int RowsAUnit = 16384;
    private readonly NativeBuffer<double> _sources = new(ledger, "wide near: sources");
    private readonly NativeBuffer<double> _targets = new(ledger, "wide near: targets");
    private readonly NativeBuffer<double> _charges = new(ledger, "wide near: charges");
    private double* _to;
    private ExactPoints _points;
    private double _unit, _chargeUnit;
    private double* _values;
    private InputIndex* _index;
    private int _count, _components;
    private bool _ofTargets;

    /// <summary>Whether the present points ask for it.</summary>
    public bool IsNeeded { get; set; }

    /// <summary>Whether the last step's near field stands here.</summary>
    public bool IsUsed { get; set; }

    /// <summary>The near field of all targets in Morton order, in the units of the method's own.</summary>
    public NativeBuffer<double> Field { get; } = new(ledger, "wide near: field");

    /// <summary>The points' columns, as <see cref="Fill"/> made them.</summary>
    public PointColumns<double> Columns { get; } = new();

    /// <summary>Copies points and charges in all their digits to Morton order.</summary>
    public void Fill(World world, int components, int outputs, Jobs jobs)
    {
        PointRows rows = world.Resource<PointRows>();
        ChargeInput charges = world.Resource<ChargeInput>();
        _points = ExactPoints.Of(world);
        _unit = world.Resource<TreeShape>().Unit;
        _values = charges.Values.Pointer;
        _chargeUnit = charges.Unit;
        _index = _points.SourceIndex;
        int sources = rows.SourceRows, targets = rows.Targets;
        _charges.Resize(checked(sources * components));
        _components = components;
        Take(_sources, sources, targets: false, jobs);
        if (!rows.Shared)
        {
            _components = 0;
            Take(_targets, targets, targets: true, jobs);
        }
        Field.Resize(checked(targets * outputs));
        Columns.Read(
            _sources.Pointer, Stride(sources), _charges.Pointer, rows.Shared ? _sources.Pointer : _targets.Pointer, Stride(rows.Shared ? sources : targets));
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        nint stride = Stride(_count);
        for (int i = unit * RowsAUnit, end = Math.Min(_count, (unit + 1) * RowsAUnit); i < end; i++)
        {
            Position point = _ofTargets ? _points.Target(i) : _points.Source(i);
            _to[i] = point.X / _unit;
            _to[stride + i] = point.Y / _unit;
            _to[(2 * stride) + i] = point.Z / _unit;
            for (int c = 0; c < _components; c++)
                _charges.Pointer[((nint)i * _components) + c] = _values[((nint)_index[i].Value * _components) + c] / _chargeUnit;
        }
    }

    public void Dispose()
    {
        _sources.Dispose();
        _targets.Dispose();
        _charges.Dispose();
        Field.Dispose();
    }

    // Whole registers are read from any point on.
    private static nint Stride(int count) => count + 64;

    private void Take(NativeBuffer<double> buffer, int count, bool targets, Jobs jobs)
    {
        buffer.Resize(checked((int)(3 * Stride(count))));
        buffer.Clear();
        _to = buffer.Pointer;
        _count = count;
        _ofTargets = targets;
        jobs.For((count + RowsAUnit - 1) / RowsAUnit, this);
    }
}
