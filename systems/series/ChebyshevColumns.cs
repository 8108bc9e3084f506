using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Chebyshev polynomials of the first kind, and their derivatives, at registers of points.</summary>
internal static unsafe class ChebyshevColumns<T, TLane>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Column k receives first T_k(x / width), k below <paramref name="extent"/>: T_k+1 = 2 x T_k - T_k-1.</summary>
    /// <param name="points">Coordinates.</param>
    /// <param name="factors">A factor for each point, or null for 1.</param>
    /// <param name="length">Points, whole registers; also the distance of two columns.</param>
    /// <param name="inverse">1 / width.</param>
    /// <param name="extent">Columns, 1 or more.</param>
    /// <param name="columns">Receives extent times length numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(T* points, T* factors, int length, T inverse, int extent, T* columns)
    {
        TLane scale = TLane.Broadcast(inverse);
        for (int i = 0; i < length; i += TLane.Count)
        {
            TLane x = TLane.Load(points + i) * scale, twice = x + x;
            TLane last = factors == null ? TLane.Constant(1) : TLane.Load(factors + i), here = last * x;
            T* column = columns + i;
            TLane.Store(last, column);
            for (int k = 1; k < extent; k++)
            {
                column += length;
                TLane.Store(here, column);
                TLane next = TLane.MultiplyAdd(twice, here, TLane.Zero - last);
                last = here;
                here = next;
            }
        }
    }

    /// <summary>Column k receives T_k'(x / width): T_k+1' = 2 T_k + 2 x T_k' - T_k-1'.</summary>
    /// <param name="values">The polynomials themselves.</param>
    /// <param name="length">Points, whole registers; also the distance of two columns.</param>
    /// <param name="extent">Columns, 2 or more.</param>
    /// <param name="columns">Receives extent times length numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillSlopes(T* values, int length, int extent, T* columns)
    {
        for (int i = 0; i < length; i += TLane.Count)
        {
            TLane x = TLane.Load(values + length + i), twice = x + x, last = TLane.Zero, here = TLane.Constant(1);
            T* column = columns + i, value = values + i;
            TLane.Store(last, column);
            for (int k = 1; k < extent; k++)
            {
                column += length;
                value += length;
                TLane.Store(here, column);
                TLane at = TLane.Load(value), next = TLane.MultiplyAdd(twice, here, at + at - last);
                last = here;
                here = next;
            }
        }
    }
}
