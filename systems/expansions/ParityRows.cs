using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Numbers on a box's surface to numbers sorted by parity, in which form expansions are stored, and back: the mean over the mirror
/// images of a point with the signs of a parity is the part of that parity. Each box is looked at in the mirror that makes its
/// octant the first: then all eight children of an octet are alike.
/// </summary>
internal static unsafe class ParityRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Means over the mirror images of each point of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(ParityPoints points, int octant, T* row, int surface, T* sorted)
    {
        fixed (int* places = points.Places, images = points.Points)
        {
            int* place = places;
            for (int c = 0; c < points.Components; c++, row += surface)
            {
                Register1<T> sign = Register1<T>.Constant(0.125 * OctetMirrors.Sign(points.OwnParity(c), octant));
                int* image = images;
                for (int orbit = 0; orbit < points.Orbits; orbit++, image += 8, place += 8)
                {
                    Register1<T> v0 = At(row, image[octant]), v1 = At(row, image[octant ^ 1]), v2 = At(row, image[octant ^ 2]), v3 = At(row, image[octant ^ 3]);
                    Register1<T> v4 = At(row, image[octant ^ 4]), v5 = At(row, image[octant ^ 5]), v6 = At(row, image[octant ^ 6]), v7 = At(row, image[octant ^ 7]);
                    WalshHadamard<T, Register1<T>>.Sums(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
                    Put(sorted, place[0], v0 * sign);
                    Put(sorted, place[1], v1 * sign);
                    Put(sorted, place[2], v2 * sign);
                    Put(sorted, place[3], v3 * sign);
                    Put(sorted, place[4], v4 * sign);
                    Put(sorted, place[5], v5 * sign);
                    Put(sorted, place[6], v6 * sign);
                    Put(sorted, place[7], v7 * sign);
                }
            }
        }
    }

    /// <summary>The way back: every point of a row from the parts of each parity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unsort(ParityPoints points, int octant, T* sorted, int surface, T* row)
    {
        fixed (int* places = points.Places, images = points.Points)
        {
            int* place = places;
            for (int c = 0; c < points.Components; c++, row += surface)
            {
                Register1<T> sign = Register1<T>.Constant(OctetMirrors.Sign(points.OwnParity(c), octant));
                int* image = images;
                for (int orbit = 0; orbit < points.Orbits; orbit++, image += 8, place += 8)
                {
                    Register1<T> v0 = Get(sorted, place[0]), v1 = Get(sorted, place[1]), v2 = Get(sorted, place[2]), v3 = Get(sorted, place[3]);
                    Register1<T> v4 = Get(sorted, place[4]), v5 = Get(sorted, place[5]), v6 = Get(sorted, place[6]), v7 = Get(sorted, place[7]);
                    WalshHadamard<T, Register1<T>>.Sums(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
                    Register1<T>.Store(v0 * sign, row + image[octant]);
                    Register1<T>.Store(v1 * sign, row + image[octant ^ 1]);
                    Register1<T>.Store(v2 * sign, row + image[octant ^ 2]);
                    Register1<T>.Store(v3 * sign, row + image[octant ^ 3]);
                    Register1<T>.Store(v4 * sign, row + image[octant ^ 4]);
                    Register1<T>.Store(v5 * sign, row + image[octant ^ 5]);
                    Register1<T>.Store(v6 * sign, row + image[octant ^ 6]);
                    Register1<T>.Store(v7 * sign, row + image[octant ^ 7]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Register1<T> At(T* row, int place) => Register1<T>.Load(row + place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* sorted, int place, Register1<T> value)
    {
        if (place >= 0) Register1<T>.Store(value, sorted + place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Register1<T> Get(T* sorted, int place) => place >= 0 ? Register1<T>.Load(sorted + place) : Register1<T>.Zero;
}
