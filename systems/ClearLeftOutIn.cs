using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Clears columns that are stored in a precision.</summary>
/// <param name="world">The world.</param>
/// <param name="parts">The parts, which know the schedule from the end of the assembly on.</param>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class ClearLeftOutIn<T>(World world, FmmParts parts) : ClearLeftOut(world)
    where T : unmanaged
{
    private static readonly QueryDescription _multipoles = new QueryDescription().WithBlock<Multipole, T>();
    private static readonly QueryDescription _locals = new QueryDescription().WithBlock<Local, T>();
    private static readonly QueryDescription _far = new QueryDescription().WithBlock<FarField, T>();
    private static readonly QueryDescription _near = new QueryDescription().WithBlock<NearField, T>();
    private bool _isKnown, _clearsMultipoles, _clearsLocals, _clearsFar, _clearsNear;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access().Read(in _multipoles).Read(in _locals).Read(in _far).Read(in _near)
        .WriteBlock<Multipole, T>().WriteBlock<Local, T>().WriteBlock<FarField, T>().WriteBlock<NearField, T>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        // Once: a schedule that runs is not changed any more.
        if (!_isKnown) FindOut();
        if (_clearsMultipoles) Clear<Multipole>(in _multipoles);
        if (_clearsLocals) Clear<Local>(in _locals);
        if (_clearsFar) Clear<FarField>(in _far);
        if (_clearsNear) Clear<NearField>(in _near);
    }

    private void FindOut()
    {
        if (parts.Schedule is not { } schedule) return;
        _clearsMultipoles = !schedule.Contains<P2M>() || !schedule.Contains<M2M>();
        _clearsLocals = !schedule.Contains<M2L>();
        _clearsFar = !schedule.Contains<L2P>();
        _clearsNear = !schedule.Contains<P2P>();
        _isKnown = true;
    }

    private void Clear<TTag>(in QueryDescription rows)
        where TTag : unmanaged
    {
        foreach (ref Chunk chunk in World.Query(in rows))
        {
            BlockSpan<T> block = chunk.WriteBlock<TTag, T>();
            NativeMemory.Clear(block.Pointer, (nuint)block.Rows * (nuint)block.Stride * (nuint)sizeof(T));
        }
    }
}
