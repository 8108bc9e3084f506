using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The second derivatives that near sources and outliers give at targets, pair by pair.</summary>
internal sealed unsafe class NearHessians<TKernel, TRegister>(TKernel kernel, bool eachOther)
    where TKernel : unmanaged, IKernel<TKernel>
    where TRegister : unmanaged, IRegister<TRegister, double>
{
    private readonly NearLists _lists = new();
    private readonly bool _vanishes = DirectHessian<TKernel, TRegister>.VanishesAtZero(kernel);
    private PointColumns<double>? _points;
    private ExactPoints _exact;
    private TreeShape? _shape;
    private TKernel _scaled;
    private double* _charges;
    private double _chargeUnit;
    private int _sources, _nodeSources;

    /// <summary>Takes a tree's lists and points.</summary>
    public void Read(World world, NodeRows rows, PointColumns<double> points, TreeShape shape, TKernel scaled)
    {
        _lists.Read(rows, world.Resource<ListStore>());
        _points = points;
        _exact = ExactPoints.Of(world);
        _shape = shape;
        _scaled = scaled;
        ChargeInput charges = world.Resource<ChargeInput>();
        _charges = charges.Values.Pointer;
        _chargeUnit = charges.Unit;
        PointRows all = world.Resource<PointRows>();
        (_sources, _nodeSources) = (all.Sources, all.NodeSources);
    }

    /// <summary>Adds what a leaf's near sources give at a piece of its targets: in the root's unit, or where lengths spread too far for it, pair by pair in the user's.</summary>
    /// <param name="level">Level of the leaf.</param>
    /// <param name="row">Row of the leaf.</param>
    /// <param name="first">The first target.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="memory">Room to gather sources in.</param>
    /// <param name="sums">Six columns in the root's unit.</param>
    /// <param name="exact">Six columns in the user's.</param>
    /// <param name="stride">Numbers from one column to the next.</param>
    /// <returns>Pairs evaluated.</returns>
    public long Add(int level, int row, int first, PointList<double> targets, double* memory, double* sums, double* exact, int stride)
    {
        SourceScratch<double> scratch = _points!.Scratch(memory, TKernel.SourceComponents);
        int filled = 0;
        long pairs = 0;
        for (NearLists.Members member = _lists.Of(level, row); member.Next();)
        {
            SourceRange range = member.Sources;
            Position shift = _shape!.Shift(member.Member.Image);
            pairs += (long)range.Count * targets.Count;
            if (_shape.IsExtreme)
            {
                for (int source = range.Start; source < range.End; source++) AddExact(source, shift, first, targets.Count, exact, stride);
                continue;
            }
            for (int start = range.Start; start < range.End;)
            {
                int piece = Math.Min(range.End - start, SourceScratch<double>.Capacity - filled);
                scratch.Append(filled, start, piece, 1, new Position(shift.X / _shape.Unit, shift.Y / _shape.Unit, shift.Z / _shape.Unit));
                filled += piece;
                start += piece;
                if (filled < SourceScratch<double>.Capacity) continue;
                Act(targets, scratch, filled, sums, stride);
                filled = 0;
            }
        }
        Act(targets, scratch, filled, sums, stride);
        return pairs;
    }

    /// <summary>Adds what outlying sources give at targets of nodes.</summary>
    public long AddOutliers(int first, int targets, double* exact, int stride)
    {
        for (int source = _nodeSources; source < _sources; source++) AddExact(source, default, first, targets, exact, stride);
        return (long)(_sources - _nodeSources) * targets;
    }

    /// <summary>Adds what all sources give at outlying targets; other outliers where this world sums those.</summary>
    public long AddToOutliers(int first, int targets, double* exact, int stride)
    {
        int sources = eachOther ? _sources : _nodeSources;
        for (int source = 0; source < sources; source++) AddExact(source, default, first, targets, exact, stride);
        return (long)sources * targets;
    }

    private void Act(PointList<double> targets, in SourceScratch<double> scratch, int filled, double* sums, int stride)
    {
        PointList<double> sources = new(scratch.X, scratch.Y, scratch.Z, filled);
        if (_vanishes) DirectHessian<TKernel, TRegister>.Add(_scaled, targets, sources, scratch.Charges, sums, stride);
        else DirectHessian<WithoutCoincident<TKernel>, TRegister>.Add(new WithoutCoincident<TKernel>(_scaled), targets, sources, scratch.Charges, sums, stride);
    }

    private void AddExact(int source, Position shift, int first, int targets, double* exact, int stride)
    {
        Position from = _exact.Source(source);
        double* charge = stackalloc double[6], given = _charges + ((nint)_exact.SourceIndex[source].Value * TKernel.SourceComponents);
        for (int c = 0; c < TKernel.SourceComponents; c++) charge[c] = given[c] / _chargeUnit;
        for (int t = 0; t < targets; t++)
        {
            Position at = _exact.Target(first + t);
            ExactHessian.Add(kernel, at.X - (from.X + shift.X), at.Y - (from.Y + shift.Y), at.Z - (from.Z + shift.Z), charge, exact + t, stride);
        }
    }
}
