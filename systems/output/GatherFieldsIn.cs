using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Adds far and near field of each target, in this order, takes the sum to the user's units, and brings it from Morton order back to
/// input order. Each target has one row of the output, so that units never write the same.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="sources">The kernel's source components.</param>
/// <param name="components">The kernel's potential components.</param>
/// <param name="gradient">Whether gradients are computed.</param>
/// <param name="factor">What a unit charge's potential in units of the given length is to be multiplied by: normalisation and scale.</param>
/// <param name="link">What ranks know of each other; null on one. Over ranks <see cref="ReturnFields"/> tells what is no number, where its target was given.</param>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class GatherFieldsIn<T>(World world, int sources, int components, bool gradient, Func<double, double> factor, RankLink? link) : GatherFields(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int RowsAUnit = 16384;

    // The output is written all over memory: its lines are asked for this many rows ahead. Columns end in 64 zero bytes, so that
    // the last look ahead touches row 0.
    private const int Ahead = 16;
    private static readonly QueryDescription _targets = new QueryDescription()
        .WithAll<TargetTag, InputIndex>().WithBlock<FarField, T>().WithBlock<NearField, T>();

    private InputIndex* _index;
    private T* _far, _near;
    private double* _potentials, _gradients, _wide, _outliers;
    private int _nodeTargets, _firstWrong;
    private double _potentialUnit, _gradientUnit;
    private int _count;

    /// <inheritdoc/>
    public override Access Access { get; } = (link is null ? new Access() : new Access().WriteResource<RankLink>())
        .Read(in _targets).ReadResource<PointRows>().ReadResource<TreeShape>().ReadResource<PointInput>().ReadResource<EntityInput>().ReadResource<ChargeInput>()
        .ReadResource<WideNear>().ReadResource<OutlierField>().WriteResource<FieldOutput>().WriteResource<FieldOrigin>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        // Before anything is written: fields are whole or empty.
        InputRules.Unchanged(World.Resource<PointInput>(), World.Resource<PointRows>(), World.Resource<ChargeInput>(), sources);
        Chunk targets = SortedPoints.Of(World.Query(in _targets));
        FieldOutput output = World.Resource<FieldOutput>();
        _count = World.Resource<PointRows>().Targets; // ghosts stand behind
        output.Potentials.Resize(_count * components);
        output.Gradients.Resize(gradient ? 3 * _count * components : 0);
        _index = targets.ReadPointer<InputIndex>();
        _far = targets.ReadBlock<FarField, T>().Pointer;
        _near = targets.ReadBlock<NearField, T>().Pointer;
        _potentials = output.Potentials.Pointer;
        _gradients = output.Gradients.Pointer;
        double unit = World.Resource<TreeShape>().Unit;
        _potentialUnit = World.Resource<ChargeInput>().Unit * factor(unit);
        _gradientUnit = _potentialUnit / unit;
        WideNear wide = World.Resource<WideNear>();
        _wide = wide.IsUsed ? wide.Field.Pointer : null;
        NativeBuffer<double> outliers = World.Resource<OutlierField>().Values;
        _outliers = outliers.Length > 0 ? outliers.Pointer : null;
        _nodeTargets = World.Resource<PointRows>().NodeTargets;
        _firstWrong = int.MaxValue;
        try
        {
            Jobs.For((_count + RowsAUnit - 1) / RowsAUnit, this);
        }
        catch
        {
            output.Clear(); // Half a field is none.
            throw;
        }
        if (_firstWrong != int.MaxValue && link is not null) link.HasWrongField = true;
        else if (_firstWrong != int.MaxValue)
        {
            int target = _firstWrong;
            output.Clear();
            throw new FieldRangeException(target, InputRules.Of(World.Resource<EntityInput>().Targets, target));
        }
        World.Resource<FieldOrigin>().Complete();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        int end = Math.Min(_count, (unit + 1) * RowsAUnit), stride = gradient ? 4 * components : components;
        for (int i = unit * RowsAUnit; i < end; i++)
        {
            if (Sse.IsSupported) Sse.Prefetch0(_potentials + ((nint)_index[i + Ahead].Value * components));
            nint row = (nint)i * stride, target = _index[i].Value;
            bool isOutlier = i >= _nodeTargets;
            double all = 0;
            for (int c = 0; c < components; c++) all += 0 * (_potentials[(target * components) + c] = Sum(row + c, isOutlier, _potentialUnit));
            for (int c = components; c < stride; c++)
                all += 0 * (_gradients[(target * (stride - components)) + c - components] = Sum(row + c, isOutlier, _gradientUnit));
            if (all != 0) Note((int)target);
        }
    }

    // The first target in input order, whoever finds it.
    private void Note(int target)
    {
        int seen = Volatile.Read(ref _firstWrong);
        while (target < seen && Interlocked.CompareExchange(ref _firstWrong, target, seen) is int other && other != seen) seen = other;
    }

    // Outliers have no far and near field of their own, and none at all where ActOnOutliers is left out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Sum(nint at, bool isOutlier, double unit)
    {
        if (isOutlier) return _outliers != null ? _outliers[at] : 0;
        double sum = (double.CreateTruncating(_far[at]) + (_wide != null ? _wide[at] : double.CreateTruncating(_near[at]))) * unit;
        return _outliers != null ? sum + _outliers[at] : sum;
    }
}
