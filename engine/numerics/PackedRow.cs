using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>How a tile of <see cref="PackedProduct{TLane, T}"/> leaves its sums in a row of C.</summary>
internal static unsafe class PackedRow<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes or adds two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(T* c, TLane left, TLane right, bool add)
    {
        Put(c, left, add);
        Put(c + TLane.Count, right, add);
    }

    /// <summary>Writes or adds one register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(T* c, TLane value, bool add) => TLane.Store(add ? TLane.Load(c) + value : value, c);
}
