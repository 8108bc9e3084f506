using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The inner surface of half width 1 in working precision by column, to be scaled and shifted into scratch.</summary>
internal sealed unsafe class SurfacePoints<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _unit;

    public SurfacePoints(Ledger ledger, Surface surface)
    {
        Count = surface.Count;
        _unit = new NativeBuffer<T>(ledger, "surface points", 3 * surface.Count);
        for (int axis = 0; axis < 3; axis++)
            for (int i = 0; i < Count; i++) _unit.Pointer[(axis * Count) + i] = T.CreateTruncating(surface.Coordinate(i, axis, 1));
    }

    public int Count { get; }

    /// <summary>
    /// Writes the surface of half width <paramref name="halfWidth"/> about (x, y, z): three columns of <paramref name="stride"/>.
    /// </summary>
    public void Place(T* target, int stride, double halfWidth, double x, double y, double z)
    {
        Column(_unit.Pointer, target, halfWidth, x);
        Column(_unit.Pointer + Count, target + stride, halfWidth, y);
        Column(_unit.Pointer + (2 * Count), target + (2 * stride), halfWidth, z);
    }

    public void Dispose() => _unit.Dispose();

    private void Column(T* unit, T* target, double halfWidth, double shift)
    {
        T scale = T.CreateTruncating(halfWidth), offset = T.CreateTruncating(shift);
        for (int i = 0; i < Count; i++) target[i] = (unit[i] * scale) + offset;
    }
}
