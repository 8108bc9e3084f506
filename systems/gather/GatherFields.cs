using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Adds far and near field of each target, in this order, and brings the sum from Morton order back to input order. Each target
/// has one row of the output, so that units never write the same.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
public sealed unsafe class GatherFields<T>(World world, int components, bool gradient) : BaseSystem<World, FieldStep>(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int RowsAUnit = 16384;

    // The output is written all over memory: its lines are asked for this many rows ahead. Columns end in 64 zero bytes, so that
    // the last look ahead touches row 0.
    private const int Ahead = 16;
    private InputIndex* _index;
    private T* _far, _near;
    private double* _potentials, _gradients;
    private int _count;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .ReadResource<PointRows>().WriteResource<FieldOutput>().WriteResource<FieldOrigin>().Read<InputIndex>().ReadBlock<FarField, T>().ReadBlock<NearField, T>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        Chunk targets = World.Resource<PointRows>().Targets.Chunk;
        FieldOutput output = World.Resource<FieldOutput>();
        _count = targets.Count;
        output.Potentials.Resize(_count * components);
        output.Gradients.Resize(gradient ? 3 * _count * components : 0);
        _index = targets.ReadPointer<InputIndex>();
        _far = targets.ReadBlock<FarField, T>().Pointer;
        _near = targets.ReadBlock<NearField, T>().Pointer;
        _potentials = output.Potentials.Pointer;
        _gradients = output.Gradients.Pointer;
        try
        {
            Jobs.For((_count + RowsAUnit - 1) / RowsAUnit, this);
        }
        catch
        {
            output.Clear(); // Half a field is none.
            throw;
        }
        World.Resource<FieldOrigin>().Complete();
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int end = Math.Min(_count, (unit + 1) * RowsAUnit), stride = gradient ? 4 * components : components;
        for (int i = unit * RowsAUnit; i < end; i++)
        {
            if (Sse.IsSupported) Sse.Prefetch0(_potentials + ((nint)_index[i + Ahead].Value * components));
            nint row = (nint)i * stride, target = _index[i].Value;
            for (int c = 0; c < components; c++) _potentials[(target * components) + c] = Sum(row + c);
            for (int c = components; c < stride; c++) _gradients[(target * (stride - components)) + c - components] = Sum(row + c);
        }
    }

    private double Sum(nint at) => double.CreateTruncating(_far[at]) + double.CreateTruncating(_near[at]);
}
