using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>What the tiles of the managed matrix product share: how a row of finished sums goes into C.</summary>
internal static unsafe class GemmTile
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLane, T>(T* c, TLane left, TLane right, TLane alpha, TLane beta, bool reads)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        left *= alpha;
        right *= alpha;
        if (reads)
        {
            left = TLane.MultiplyAdd(beta, TLane.Load(c), left);
            right = TLane.MultiplyAdd(beta, TLane.Load(c + TLane.Count), right);
        }

        TLane.Store(left, c);
        TLane.Store(right, c + TLane.Count);
    }
}
