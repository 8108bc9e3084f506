using System.Numerics;
using System.Runtime.CompilerServices;

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
                T sign = T.CreateTruncating(0.125 * OctetMirrors.Sign(points.OwnParity(c), octant));
                int* image = images;
                for (int orbit = 0; orbit < points.Orbits; orbit++, image += 8, place += 8)
                {
                    T v0 = row[image[octant]], v1 = row[image[octant ^ 1]], v2 = row[image[octant ^ 2]], v3 = row[image[octant ^ 3]];
                    T v4 = row[image[octant ^ 4]], v5 = row[image[octant ^ 5]], v6 = row[image[octant ^ 6]], v7 = row[image[octant ^ 7]];
                    Sums(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7, sign);
                    Put(sorted, place[0], v0);
                    Put(sorted, place[1], v1);
                    Put(sorted, place[2], v2);
                    Put(sorted, place[3], v3);
                    Put(sorted, place[4], v4);
                    Put(sorted, place[5], v5);
                    Put(sorted, place[6], v6);
                    Put(sorted, place[7], v7);
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
                T sign = T.CreateTruncating(OctetMirrors.Sign(points.OwnParity(c), octant));
                int* image = images;
                for (int orbit = 0; orbit < points.Orbits; orbit++, image += 8, place += 8)
                {
                    T v0 = Get(sorted, place[0]), v1 = Get(sorted, place[1]), v2 = Get(sorted, place[2]), v3 = Get(sorted, place[3]);
                    T v4 = Get(sorted, place[4]), v5 = Get(sorted, place[5]), v6 = Get(sorted, place[6]), v7 = Get(sorted, place[7]);
                    Sums(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7, sign);
                    row[image[octant]] = v0;
                    row[image[octant ^ 1]] = v1;
                    row[image[octant ^ 2]] = v2;
                    row[image[octant ^ 3]] = v3;
                    row[image[octant ^ 4]] = v4;
                    row[image[octant ^ 5]] = v5;
                    row[image[octant ^ 6]] = v6;
                    row[image[octant ^ 7]] = v7;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums(ref T v0, ref T v1, ref T v2, ref T v3, ref T v4, ref T v5, ref T v6, ref T v7, T sign)
    {
        T a = v0 + v1, b = v2 + v3, c = v4 + v5, d = v6 + v7, e = v0 - v1, f = v2 - v3, g = v4 - v5, h = v6 - v7;
        T ab = a + b, cd = c + d, ef = e + f, gh = g + h;
        v0 = (ab + cd) * sign;
        v4 = (ab - cd) * sign;
        v1 = (ef + gh) * sign;
        v5 = (ef - gh) * sign;
        ab = a - b;
        cd = c - d;
        ef = e - f;
        gh = g - h;
        v2 = (ab + cd) * sign;
        v6 = (ab - cd) * sign;
        v3 = (ef + gh) * sign;
        v7 = (ef - gh) * sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* sorted, int place, T value)
    {
        if (place >= 0) sorted[place] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Get(T* sorted, int place) => place >= 0 ? sorted[place] : T.Zero;
}
