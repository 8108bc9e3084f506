using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Finds the pairs that are too close for the rounded coordinates of a sum. The mutual sum looks at all pairs of a leaf (<see cref="Rows"/>) and, of
/// those with other leaves, at the ones of points near the leaf's faces (<see cref="Outside"/>, <see cref="Of"/>); the one-way sum at the sources
/// within reach of the targets' bounding box (<see cref="Find"/>).
/// </summary>
internal static unsafe class ClosePairs<T, TLane>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    // Of a few products of numbers near 1, in single precision.
    private const double Rounding = 1e-6;

    /// <summary>Finds those of rows and columns, among the columns within reach of the rows' bounding box.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="x">The columns' x; readable for two registers more, where no coordinate is one of a row's.</param>
    /// <param name="y">Their y.</param>
    /// <param name="z">Their z.</param>
    /// <param name="count">Columns.</param>
    /// <param name="reach">Distance below which a pair is close.</param>
    /// <param name="pairs">Receives them.</param>
    /// <param name="room">How many fit.</param>
    /// <returns>Their number, or one more than fit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find(in PointList<T> rows, T* x, T* y, T* z, int count, T reach, ClosePair* pairs, int room)
    {
        int found = 0;
        Bounds(rows.X, rows.Count, reach, out TLane lowX, out TLane highX);
        Bounds(rows.Y, rows.Count, reach, out TLane lowY, out TLane highY);
        Bounds(rows.Z, rows.Count, reach, out TLane lowZ, out TLane highZ);
        T* outside = stackalloc T[TLane.Count];
        for (int c = 0; c < count; c += TLane.Count)
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

    /// <summary>
    /// Finds rows that may be close to a column, of columns that may begin with the rows: then a row itself does not count. From
    /// (a - b)^2 = a^2 + b^2 - 2 a b, which takes four instructions a register where differences take seven; it may take a few pairs too many.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="x">The columns' x, aligned; readable for two registers more.</param>
    /// <param name="y">Their y.</param>
    /// <param name="z">Their z.</param>
    /// <param name="count">Columns; what lies in the registers behind them may be taken for a close one.</param>
    /// <param name="same">True if the columns begin with the rows.</param>
    /// <param name="reach">Distance below which a pair is close.</param>
    /// <param name="halfWidth">What no coordinate of the rows exceeds.</param>
    /// <param name="squares">Room for a number a column and two registers more.</param>
    /// <param name="found">Receives up to as many rows as there are.</param>
    /// <returns>Their number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Rows(in PointList<T> rows, T* x, T* y, T* z, int count, bool same, T reach, T halfWidth, T* squares, int* found)
    {
        TLane minusHalf = TLane.Constant(-0.5);
        for (nint c = 0; c < count; c += TLane.Count)
        {
            TLane bx = TLane.Load(x + c), by = TLane.Load(y + c), bz = TLane.Load(z + c);
            TLane.Store(TLane.MultiplyAdd(bz, bz, TLane.MultiplyAdd(by, by, bx * bx)) * minusHalf, squares + c);
        }
        T half = T.CreateTruncating(0.5), slack = ((reach * reach) + (T.CreateTruncating(Rounding) * halfWidth * halfWidth)) * half;
        T* away = stackalloc T[2 * TLane.Count];
        new Span<T>(away, 2 * TLane.Count).Clear();
        away[TLane.Count] = T.CreateTruncating(8) * halfWidth * halfWidth;
        T* rx = rows.X, ry = rows.Y, rz = rows.Z;
        int number = 0, last = rows.Count, mask = TLane.Count - 1;
        for (int row = 0; row < last; row++)
        {
            T ax = rx[row], ay = ry[row], az = rz[row];
            TLane x0 = TLane.Broadcast(ax), y0 = TLane.Broadcast(ay), z0 = TLane.Broadcast(az);
            TLane bound = TLane.Broadcast((((ax * ax) + (ay * ay) + (az * az)) * half) - slack), nearest = bound;
            nint c = 0;
            if (same)
            {
                c = row & ~mask;
                nearest = TLane.Max(nearest, Product(x0, y0, z0, x + c, y + c, z + c, squares + c) - TLane.Load(away + TLane.Count - (row & mask)));
                c += TLane.Count;
            }
            for (; c < count; c += TLane.Count) nearest = TLane.Max(nearest, Product(x0, y0, z0, x + c, y + c, z + c, squares + c));
            if (TLane.AnyBelow(bound, nearest)) found[number++] = row;
        }
        return number;
    }

    /// <summary>Finds the rows outside of a cube about the origin.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="halfWidth">Half of the cube's edge.</param>
    /// <param name="found">Receives up to as many rows as there are.</param>
    /// <returns>Their number.</returns>
    public static int Outside(in PointList<T> rows, T halfWidth, int* found)
    {
        TLane half = TLane.Broadcast(halfWidth);
        int number = 0;
        for (int i = 0; i < rows.Count; i += TLane.Count)
        {
            if (!TLane.AnyBelow(half, Reach(TLane.Load(rows.X + i), TLane.Load(rows.Y + i), TLane.Load(rows.Z + i)))) continue;
            for (int k = i; k < Math.Min(rows.Count, i + TLane.Count); k++)
                if (T.Max(T.Max(T.Abs(rows.X[k]), T.Abs(rows.Y[k])), T.Abs(rows.Z[k])) > halfWidth) found[number++] = k;
        }
        return number;
    }

    /// <summary>The columns that are close to a point.</summary>
    /// <param name="x0">The point's x.</param>
    /// <param name="y0">Its y.</param>
    /// <param name="z0">Its z.</param>
    /// <param name="x">The columns' x; readable for two registers more.</param>
    /// <param name="y">Their y.</param>
    /// <param name="z">Their z.</param>
    /// <param name="first">The first column to look at.</param>
    /// <param name="count">Columns.</param>
    /// <param name="reach">Distance below which a pair is close.</param>
    /// <param name="columns">Receives up to count - first of them.</param>
    /// <returns>Their number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Of(T x0, T y0, T z0, T* x, T* y, T* z, int first, int count, T reach, int* columns)
    {
        TLane px = TLane.Broadcast(x0), py = TLane.Broadcast(y0), pz = TLane.Broadcast(z0), limit = TLane.Broadcast(reach * reach);
        int found = 0;
        for (int c = first; c < count; c += TLane.Count)
        {
            if (!TLane.AnyBelow(Square(px, py, pz, x + c, y + c, z + c), limit)) continue;
            for (int i = c; i < Math.Min(count, c + TLane.Count); i++)
                if (IsClose(x[i] - x0, y[i] - y0, z[i] - z0, reach)) columns[found++] = i;
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Reach(TLane x, TLane y, TLane z) =>
        TLane.Max(TLane.Max(TLane.Max(x, TLane.Zero - x), TLane.Max(y, TLane.Zero - y)), TLane.Max(z, TLane.Zero - z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Product(TLane x0, TLane y0, TLane z0, T* x, T* y, T* z, T* squares) =>
        TLane.MultiplyAdd(z0, TLane.Load(z), TLane.MultiplyAdd(y0, TLane.Load(y), TLane.MultiplyAdd(x0, TLane.Load(x), TLane.Load(squares))));

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
