using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>How a tile of <see cref="PackedProduct{TRegister, T}"/> leaves its sums in a row of C.</summary>
internal static unsafe class PackedRow<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes or adds two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(T* c, TRegister left, TRegister right, bool add)
    {
        Put(c, left, add);
        Put(c + TRegister.Count, right, add);
    }

    /// <summary>Writes or adds one register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(T* c, TRegister value, bool add) => TRegister.Store(add ? TRegister.Load(c) + value : value, c);
}
