using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Brings the charges from input order to Morton order, in units of the largest (<see cref="ChargeInput.Unit"/>), and rounds them to the
/// working precision.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class PlaceChargesIn<T>(World world, int components) : PlaceCharges(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int RowsAUnit = 16384;

    // The input is read all over memory: it is asked for this many rows ahead. Columns end in 64 zero bytes, so that the last
    // look ahead reads row 0.
    private const int Ahead = 16;
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag, InputIndex>().WithBlock<SourceCharge, T>();
    private InputIndex* _index;
    private T* _charges;
    private double* _input;
    private double _scale;
    private int _count;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Read(in _sources).WriteBlock<SourceCharge, T>().ReadResource<StepChange>().ReadResource<PointRows>().ReadResource<PointInput>().ReadResource<ChargeInput>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        if (World.Resource<StepChange>().KeepsCharges) return;
        Chunk sources = SortedPoints.Of(World.Query(in _sources));
        _index = sources.ReadPointer<InputIndex>();
        _charges = sources.WriteBlock<SourceCharge, T>().Pointer;
        ChargeInput input = World.Resource<ChargeInput>();
        InputRules.Unchanged(World.Resource<PointInput>(), World.Resource<PointRows>(), input, components);
        _input = input.Values.Pointer;
        _count = sources.Count;
        _scale = 1 / input.Unit;
        Jobs.For((_count + RowsAUnit - 1) / RowsAUnit, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int end = Math.Min(_count, (unit + 1) * RowsAUnit);
        for (int i = unit * RowsAUnit; i < end; i++)
        {
            if (Sse.IsSupported) Sse.Prefetch0(_input + ((nint)_index[i + Ahead].Value * components));
            double* from = _input + ((nint)_index[i].Value * components);
            for (int c = 0; c < components; c++) _charges[((nint)i * components) + c] = T.CreateTruncating(from[c] * _scale);
        }
    }
}
