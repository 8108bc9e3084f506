using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Outliers and all other points act on each other, directly and in double precision: the field of each outlying target is the sum over
/// all sources, and each outlying source adds to all other targets. So a few points far away cost the others neither levels of the tree
/// nor digits. Does nothing where there are none.
/// </summary>
/// <remarks>
/// Outliers act on the rest in units of their distance (<see cref="OutlierGroups"/>), and on each other pair by pair
/// (<see cref="ExactPairField"/>), so that no distance leaves the range.
/// </remarks>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="TWide">Registers of double precision.</typeparam>
internal sealed unsafe class ActOnOutliersFor<TKernel, TWide>(World world, TKernel kernel, bool gradient, bool eachOther) : ActOnOutliers(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private const int Piece = 2048;
    private const int MostPieces = 64;
    private const int TailAUnit = 8;
    private readonly OutlierGroups _sourceGroups = new(world.Ledger, "outliers: sources");
    private readonly OutlierGroups _targetGroups = new(world.Ledger, "outliers: targets");
    private readonly WorkerScratch<double> _scratch = new(world.Ledger, "outliers: scratch");
    private readonly NativeBuffer<double> _partial = new(world.Ledger, "outliers: partial sums");
    private readonly int _components = DirectSum<TKernel, double, TWide>.Components(gradient);
    private readonly bool _scales = KernelUnits.Supports(kernel);
    private ExactPoints _points;
    private Position _centre;
    private InputIndex* _sourceIndex;
    private double* _charges, _rows;
    private double _chargeUnit;
    private int _sources, _nodeSources, _nodeTargets, _tail, _pieces, _targetUnits;

    /// <inheritdoc/>
    public override Access Access { get; } = ExactPoints.Access
        .ReadResource<Outliers>().ReadResource<TreeShape>().ReadResource<ChargeInput>().WriteResource<OutlierField>();

    private static int Stride => DirectSum<TKernel, double, TWide>.Padded(Piece);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        NativeBuffer<double> field = World.Resource<OutlierField>().Values;
        Outliers outliers = World.Resource<Outliers>();
        if (!outliers.Any)
        {
            field.Resize(0);
            return;
        }
        PointRows rows = World.Resource<PointRows>();
        ChargeInput charges = World.Resource<ChargeInput>();
        _points = ExactPoints.Of(World);
        _centre = outliers.Centre;
        _sourceIndex = _points.SourceIndex;
        _charges = charges.Values.Pointer;
        _chargeUnit = charges.Unit;
        (_sources, _nodeSources, _nodeTargets, _tail) = (rows.Sources, rows.NodeSources, rows.NodeTargets, rows.Targets - rows.NodeTargets);
        field.Resize(checked(rows.Targets * _components));
        field.Clear();
        _rows = field.Pointer;
        _sourceGroups.Begin(_sources - _nodeSources);
        for (int i = _nodeSources; i < _sources; i++) _sourceGroups.Add(i, _points.Source(i), _centre, _scales);
        _targetGroups.Begin(_tail);
        for (int i = 0; i < _tail; i++) _targetGroups.Add(_nodeTargets + i, _points.Target(_nodeTargets + i), _centre, _scales);
        _targetUnits = (_nodeTargets + Piece - 1) / Piece;
        _pieces = _tail > 0 ? Math.Min(MostPieces, (_nodeSources + Piece - 1) / Piece) : 0;
        _partial.Resize(checked(_pieces * _tail * _components));
        _partial.Clear();
        _scratch.Prepare(Jobs.WorkerCount, (_components + 6L + TKernel.SourceComponents) * Stride);
        Jobs.For(_targetUnits + _pieces + (eachOther ? (_tail + TailAUnit - 1) / TailAUnit : 0), this);
        // In the order of the pieces, whoever summed them.
        double* tail = _rows + ((nint)_nodeTargets * _components);
        for (int piece = 0; piece < _pieces; piece++)
            for (int i = 0; i < _tail * _components; i++) tail[i] += _partial.Pointer[((nint)piece * _tail * _components) + i];
        Counters.Add(((long)_targetUnits * Piece * (_sources - _nodeSources)) + ((long)_tail * _sources), 0, 0);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        if (unit < _targetUnits)
        {
            int start = unit * Piece;
            for (int group = 0; group < _sourceGroups.Count; group++) OnOthers(start, Math.Min(Piece, _nodeTargets - start), group, worker);
        }
        else if (unit < _targetUnits + _pieces)
        {
            for (int group = 0; group < _targetGroups.Count; group++) OfOthers(unit - _targetUnits, group, worker);
        }
        else
        {
            OnEachOther((unit - _targetUnits - _pieces) * TailAUnit);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sourceGroups.Dispose();
        _targetGroups.Dispose();
        _scratch.Dispose();
        _partial.Dispose();
        base.Dispose();
    }

    // A group of outlying sources on some of the other targets.
    private void OnOthers(int first, int targets, int group, int worker)
    {
        double unit = _sourceGroups.Unit(group);
        TKernel own = KernelUnits.At(kernel, unit, out double factor);
        double* sums = _scratch.Of(worker), t = sums + (_components * Stride), s = t + (3 * Stride), charges = s + (3 * Stride);
        new Span<double>(sums, _components * Stride).Clear();
        for (int i = 0; i < targets; i++) Place(_points.Target(first + i), unit, t + i);
        ReadOnlySpan<int> members = _sourceGroups.Members(group);
        for (int i = 0; i < members.Length; i++) PlaceSource(members[i], unit, s + i, charges + (i * TKernel.SourceComponents));
        Act(own, t, targets, s, members.Length, charges, sums);
        AddRows(sums, targets, factor, unit, null, _rows + ((nint)first * _components));
    }

    // A piece of the other sources on a group of outlying targets.
    private void OfOthers(int piece, int group, int worker)
    {
        double unit = _targetGroups.Unit(group);
        TKernel own = KernelUnits.At(kernel, unit, out double factor);
        double* sums = _scratch.Of(worker), t = sums + (_components * Stride), s = t + (3 * Stride), charges = s + (3 * Stride);
        new Span<double>(sums, _components * Stride).Clear();
        ReadOnlySpan<int> members = _targetGroups.Members(group);
        for (int i = 0; i < members.Length; i++) Place(_points.Target(members[i]), unit, t + i);
        int first = (int)((long)_nodeSources * piece / _pieces), end = (int)((long)_nodeSources * (piece + 1) / _pieces);
        for (int start = first; start < end; start += Piece)
        {
            int count = Math.Min(Piece, end - start);
            for (int i = 0; i < count; i++) PlaceSource(start + i, unit, s + i, charges + (i * TKernel.SourceComponents));
            Act(own, t, members.Length, s, count, charges, sums);
        }
        fixed (int* to = members)
        {
            AddRows(sums, members.Length, factor, unit, to, _partial.Pointer + ((((nint)piece * _tail) - _nodeTargets) * _components));
        }
    }

    private void OnEachOther(int start)
    {
        double* field = stackalloc double[PairField<TKernel, double, TWide>.Most], charge = stackalloc double[TKernel.SourceComponents];
        double factor = TKernel.Normalisation(kernel) * _chargeUnit;
        for (int target = _nodeTargets + start; target < Math.Min(_nodeTargets + start + TailAUnit, _nodeTargets + _tail); target++)
        {
            Position at = _points.Target(target);
            double* row = _rows + ((nint)target * _components);
            for (int source = _nodeSources; source < _sources; source++)
            {
                Position from = _points.Source(source);
                double dx = at.X - from.X, dy = at.Y - from.Y, dz = at.Z - from.Z;
                if (dx == 0 && dy == 0 && dz == 0) continue;
                Charge(source, charge);
                ExactPairField.OneWay(kernel, dx, dy, dz, charge, gradient, field);
                for (int c = 0; c < _components; c++) row[c] += field[c] * factor;
            }
        }
    }

    private void Act(TKernel own, double* t, int targets, double* s, int sources, double* charges, double* sums) =>
        DirectSum<TKernel, double, TWide>.Add(
            own, new PointList<double>(t, t + Stride, t + (2 * Stride), targets), new PointList<double>(s, s + Stride, s + (2 * Stride), sources),
            charges, sums, Stride, gradient);

    // To rows in the user's units: the targets one after the other, or those named.
    private void AddRows(double* sums, int targets, double factor, double unit, int* to, double* rows)
    {
        double potential = factor * TKernel.Normalisation(kernel) * _chargeUnit, slope = potential / unit;
        for (int t = 0; t < targets; t++)
        {
            double* row = rows + ((nint)(to == null ? t : to[t]) * _components);
            for (int c = 0; c < _components; c++) row[c] += sums[(c * Stride) + t] * (c < TKernel.PotentialComponents ? potential : slope);
        }
    }

    private void PlaceSource(int row, double unit, double* at, double* charge)
    {
        Place(_points.Source(row), unit, at);
        Charge(row, charge);
    }

    private void Charge(int row, double* charge)
    {
        double* given = _charges + ((nint)_sourceIndex[row].Value * TKernel.SourceComponents);
        for (int c = 0; c < TKernel.SourceComponents; c++) charge[c] = given[c] / _chargeUnit;
    }

    private void Place(in Position point, double unit, double* at)
    {
        at[0] = (point.X - _centre.X) / unit;
        at[Stride] = (point.Y - _centre.Y) / unit;
        at[2 * Stride] = (point.Z - _centre.Z) / unit;
    }
}
