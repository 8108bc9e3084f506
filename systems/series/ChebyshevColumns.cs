using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Chebyshev polynomials of the first kind, and their derivatives, at registers of points.</summary>
internal static unsafe class ChebyshevColumns<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
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
        TRegister scale = TRegister.Broadcast(inverse);
        for (int i = 0; i < length; i += TRegister.Count)
        {
            TRegister x = TRegister.Load(points + i) * scale, twice = x + x;
            TRegister last = factors == null ? TRegister.Constant(1) : TRegister.Load(factors + i), here = last * x;
            T* column = columns + i;
            TRegister.Store(last, column);
            for (int k = 1; k < extent; k++)
            {
                column += length;
                TRegister.Store(here, column);
                TRegister next = TRegister.MultiplyAdd(twice, here, TRegister.Zero - last);
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
        for (int i = 0; i < length; i += TRegister.Count)
        {
            TRegister x = TRegister.Load(values + length + i), twice = x + x, last = TRegister.Zero, here = TRegister.Constant(1);
            T* column = columns + i, value = values + i;
            TRegister.Store(last, column);
            for (int k = 1; k < extent; k++)
            {
                column += length;
                value += length;
                TRegister.Store(here, column);
                TRegister at = TRegister.Load(value), next = TRegister.MultiplyAdd(twice, here, at + at - last);
                last = here;
                here = next;
            }
        }
    }

    /// <summary>Column k receives T_k''(x / width): T_k+1'' = 4 T_k' + 2 x T_k'' - T_k-1''.</summary>
    /// <param name="values">The polynomials themselves.</param>
    /// <param name="slopes">Their derivatives.</param>
    /// <param name="length">Points, whole registers; also the distance of two columns.</param>
    /// <param name="extent">Columns, 2 or more.</param>
    /// <param name="columns">Receives extent times length numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillCurvatures(T* values, T* slopes, int length, int extent, T* columns)
    {
        TRegister four = TRegister.Constant(4);
        for (int i = 0; i < length; i += TRegister.Count)
        {
            TRegister x = TRegister.Load(values + length + i), twice = x + x, last = TRegister.Zero, here = TRegister.Zero;
            T* column = columns + i, slope = slopes + i;
            TRegister.Store(last, column);
            for (int k = 1; k < extent; k++)
            {
                column += length;
                slope += length;
                TRegister.Store(here, column);
                TRegister next = TRegister.MultiplyAdd(twice, here, TRegister.MultiplyAdd(four, TRegister.Load(slope), TRegister.Zero - last));
                last = here;
                here = next;
            }
        }
    }
}
