using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Finds the pairs that are too close for the rounded coordinates of a sum: all pairs of rows are looked at, and those of a row and one of
/// the few columns within reach of the rows' bounding box.
/// </summary>
/// <remarks>
/// Seven instructions a register of pairs, and only of a leaf's own: one to two percent of the near field (measured, 200 points a leaf on a
/// sphere in single precision).
/// </remarks>
internal static unsafe class ClosePairs<T, TLane>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Finds them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="x">The columns' x; readable for two registers more, where no coordinate is one of a row's.</param>
    /// <param name="y">Their y.</param>
    /// <param name="z">Their z.</param>
    /// <param name="count">Columns.</param>
    /// <param name="same">True if the columns begin with the rows; then each pair of those is found once.</param>
    /// <param name="reach">Distance below which a pair is close.</param>
    /// <param name="pairs">Receives them.</param>
    /// <param name="room">How many fit.</param>
    /// <returns>Their number, or one more than fit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find(in PointList<T> rows, T* x, T* y, T* z, int count, bool same, T reach, ClosePair* pairs, int room)
    {
        int found = 0, own = same ? rows.Count : 0;
        TLane limit = TLane.Broadcast(reach * reach);
        for (int row = 0; row < own; row++)
        {
            TLane x0 = TLane.Broadcast(x + row), y0 = TLane.Broadcast(y + row), z0 = TLane.Broadcast(z + row), nearest = limit;
            for (int c = row + 1; c < own; c += TLane.Count) nearest = TLane.Min(nearest, Square(x0, y0, z0, x + c, y + c, z + c));
            if (!TLane.AnyBelow(nearest, limit)) continue;
            for (int c = row + 1; c < own; c++)
            {
                if (!IsClose(x[row] - x[c], y[row] - y[c], z[row] - z[c], reach)) continue;
                if (found == room) return room + 1;
                pairs[found++] = new ClosePair(row, c);
            }
        }
        Bounds(rows.X, rows.Count, reach, out TLane lowX, out TLane highX);
        Bounds(rows.Y, rows.Count, reach, out TLane lowY, out TLane highY);
        Bounds(rows.Z, rows.Count, reach, out TLane lowZ, out TLane highZ);
        T* outside = stackalloc T[TLane.Count];
        for (int c = own; c < count; c += TLane.Count)
        {
            TLane cx = TLane.Load(x + c), cy = TLane.Load(y + c), cz = TLane.Load(z + c);
            TLane beyond = TLane.Max(
                TLane.Max(TLane.Max(lowX - cx, cx - highX), TLane.Max(lowY - cy, cy - highY)), TLane.Max(lowZ - cz, cz - highZ));
            if (!TLane.AnyBelow(beyond, TLane.Zero)) continue;
            TLane.Store(beyond, outside);
            for (int lane = 0; lane < Math.Min(TLane.Count, count - c); lane++)
            {
                if (outside[lane] >= T.Zero) continue;
                if (!OfColumn(rows, x[c + lane], y[c + lane], z[c + lane], c + lane, reach, pairs, room, ref found)) return room + 1;
            }
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Square(TLane x0, TLane y0, TLane z0, T* x, T* y, T* z)
    {
        TLane dx = TLane.Load(x) - x0, dy = TLane.Load(y) - y0, dz = TLane.Load(z) - z0;
        return TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsClose(T dx, T dy, T dz, T reach) => (dx * dx) + (dy * dy) + (dz * dz) < reach * reach;

    private static bool OfColumn(in PointList<T> rows, T x, T y, T z, int column, T reach, ClosePair* pairs, int room, ref int found)
    {
        TLane x0 = TLane.Broadcast(x), y0 = TLane.Broadcast(y), z0 = TLane.Broadcast(z), limit = TLane.Broadcast(reach * reach), nearest = limit;
        for (int r = 0; r < rows.Count; r += TLane.Count) nearest = TLane.Min(nearest, Square(x0, y0, z0, rows.X + r, rows.Y + r, rows.Z + r));
        if (!TLane.AnyBelow(nearest, limit)) return true;
        for (int r = 0; r < rows.Count; r++)
        {
            if (!IsClose(rows.X[r] - x, rows.Y[r] - y, rows.Z[r] - z, reach)) continue;
            if (found == room) return false;
            pairs[found++] = new ClosePair(r, column);
        }
        return true;
    }

    private static void Bounds(T* values, int count, T reach, out TLane low, out TLane high)
    {
        T least = values[0], most = values[0];
        int i = 0;
        if (count >= TLane.Count)
        {
            TLane lows = TLane.Load(values), highs = lows;
            for (i = TLane.Count; i + TLane.Count <= count; i += TLane.Count)
            {
                TLane next = TLane.Load(values + i);
                lows = TLane.Min(lows, next);
                highs = TLane.Max(highs, next);
            }
            T* lanes = stackalloc T[2 * TLane.Count];
            TLane.Store(lows, lanes);
            TLane.Store(highs, lanes + TLane.Count);
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                least = T.Min(least, lanes[lane]);
                most = T.Max(most, lanes[TLane.Count + lane]);
            }
        }
        for (; i < count; i++)
        {
            least = T.Min(least, values[i]);
            most = T.Max(most, values[i]);
        }
        // A step more: a reach may be less than the last digit of a coordinate.
        low = TLane.Broadcast(T.BitDecrement(least - reach));
        high = TLane.Broadcast(T.BitIncrement(most + reach));
    }
}
