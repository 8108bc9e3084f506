using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Finds the pairs that are too close for the rounded coordinates of a sum. The mutual sum looks at all pairs of a leaf (<see cref="Rows"/>) and, of
/// those with other leaves, at the ones of points near the leaf's faces (<see cref="Outside"/>, <see cref="Of"/>); the one-way sum at the sources
/// within reach of the targets' bounding box (<see cref="Find"/>).
/// </summary>
internal static unsafe class ClosePairs<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
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
        Bounds(rows.X, rows.Count, reach, out TRegister lowX, out TRegister highX);
        Bounds(rows.Y, rows.Count, reach, out TRegister lowY, out TRegister highY);
        Bounds(rows.Z, rows.Count, reach, out TRegister lowZ, out TRegister highZ);
        T* outside = stackalloc T[TRegister.Count];
        for (int c = 0; c < count; c += TRegister.Count)
        {
            TRegister cx = TRegister.Load(x + c), cy = TRegister.Load(y + c), cz = TRegister.Load(z + c);
            TRegister beyond = TRegister.Max(
                TRegister.Max(TRegister.Max(lowX - cx, cx - highX), TRegister.Max(lowY - cy, cy - highY)), TRegister.Max(lowZ - cz, cz - highZ));
            if (!TRegister.AnyBelow(beyond, TRegister.Zero)) continue;
            TRegister.Store(beyond, outside);
            for (int lane = 0; lane < Math.Min(TRegister.Count, count - c); lane++)
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
        TRegister minusHalf = TRegister.Constant(-0.5);
        for (nint c = 0; c < count; c += TRegister.Count)
        {
            TRegister bx = TRegister.Load(x + c), by = TRegister.Load(y + c), bz = TRegister.Load(z + c);
            TRegister.Store(TRegister.MultiplyAdd(bz, bz, TRegister.MultiplyAdd(by, by, bx * bx)) * minusHalf, squares + c);
        }
        T half = T.CreateTruncating(0.5), slack = ((reach * reach) + (T.CreateTruncating(Rounding) * halfWidth * halfWidth)) * half;
        T* away = stackalloc T[2 * TRegister.Count];
        new Span<T>(away, 2 * TRegister.Count).Clear();
        away[TRegister.Count] = T.CreateTruncating(8) * halfWidth * halfWidth;
        T* rx = rows.X, ry = rows.Y, rz = rows.Z;
        int number = 0, last = rows.Count, mask = TRegister.Count - 1;
        for (int row = 0; row < last; row++)
        {
            T ax = rx[row], ay = ry[row], az = rz[row];
            TRegister x0 = TRegister.Broadcast(ax), y0 = TRegister.Broadcast(ay), z0 = TRegister.Broadcast(az);
            TRegister bound = TRegister.Broadcast((((ax * ax) + (ay * ay) + (az * az)) * half) - slack), nearest = bound;
            nint c = 0;
            if (same)
            {
                c = row & ~mask;
                nearest = TRegister.Max(nearest, Product(x0, y0, z0, x + c, y + c, z + c, squares + c) - TRegister.Load(away + TRegister.Count - (row & mask)));
                c += TRegister.Count;
            }
            for (; c < count; c += TRegister.Count) nearest = TRegister.Max(nearest, Product(x0, y0, z0, x + c, y + c, z + c, squares + c));
            if (TRegister.AnyBelow(bound, nearest)) found[number++] = row;
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
        TRegister half = TRegister.Broadcast(halfWidth);
        int number = 0;
        for (int i = 0; i < rows.Count; i += TRegister.Count)
        {
            if (!TRegister.AnyBelow(half, Reach(TRegister.Load(rows.X + i), TRegister.Load(rows.Y + i), TRegister.Load(rows.Z + i)))) continue;
            for (int k = i; k < Math.Min(rows.Count, i + TRegister.Count); k++)
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
        TRegister px = TRegister.Broadcast(x0), py = TRegister.Broadcast(y0), pz = TRegister.Broadcast(z0), limit = TRegister.Broadcast(reach * reach);
        int found = 0;
        for (int c = first; c < count; c += TRegister.Count)
        {
            if (!TRegister.AnyBelow(Square(px, py, pz, x + c, y + c, z + c), limit)) continue;
            for (int i = c; i < Math.Min(count, c + TRegister.Count); i++)
                if (IsClose(x[i] - x0, y[i] - y0, z[i] - z0, reach)) columns[found++] = i;
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Reach(TRegister x, TRegister y, TRegister z) =>
        TRegister.Max(TRegister.Max(TRegister.Max(x, TRegister.Zero - x), TRegister.Max(y, TRegister.Zero - y)), TRegister.Max(z, TRegister.Zero - z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Product(TRegister x0, TRegister y0, TRegister z0, T* x, T* y, T* z, T* squares) =>
        TRegister.MultiplyAdd(z0, TRegister.Load(z), TRegister.MultiplyAdd(y0, TRegister.Load(y), TRegister.MultiplyAdd(x0, TRegister.Load(x), TRegister.Load(squares))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Square(TRegister x0, TRegister y0, TRegister z0, T* x, T* y, T* z)
    {
        TRegister dx = TRegister.Load(x) - x0, dy = TRegister.Load(y) - y0, dz = TRegister.Load(z) - z0;
        return TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsClose(T dx, T dy, T dz, T reach) => (dx * dx) + (dy * dy) + (dz * dz) < reach * reach;

    private static bool OfColumn(in PointList<T> rows, T x, T y, T z, int column, T reach, ClosePair* pairs, int room, ref int found)
    {
        TRegister x0 = TRegister.Broadcast(x), y0 = TRegister.Broadcast(y), z0 = TRegister.Broadcast(z), limit = TRegister.Broadcast(reach * reach), nearest = limit;
        for (int r = 0; r < rows.Count; r += TRegister.Count) nearest = TRegister.Min(nearest, Square(x0, y0, z0, rows.X + r, rows.Y + r, rows.Z + r));
        if (!TRegister.AnyBelow(nearest, limit)) return true;
        for (int r = 0; r < rows.Count; r++)
        {
            if (!IsClose(rows.X[r] - x, rows.Y[r] - y, rows.Z[r] - z, reach)) continue;
            if (found == room) return false;
            pairs[found++] = new ClosePair(r, column);
        }
        return true;
    }

    private static void Bounds(T* values, int count, T reach, out TRegister low, out TRegister high)
    {
        T least = values[0], most = values[0];
        int i = 0;
        if (count >= TRegister.Count)
        {
            TRegister lows = TRegister.Load(values), highs = lows;
            for (i = TRegister.Count; i + TRegister.Count <= count; i += TRegister.Count)
            {
                TRegister next = TRegister.Load(values + i);
                lows = TRegister.Min(lows, next);
                highs = TRegister.Max(highs, next);
            }
            T* lanes = stackalloc T[2 * TRegister.Count];
            TRegister.Store(lows, lanes);
            TRegister.Store(highs, lanes + TRegister.Count);
            for (int lane = 0; lane < TRegister.Count; lane++)
            {
                least = T.Min(least, lanes[lane]);
                most = T.Max(most, lanes[TRegister.Count + lane]);
            }
        }
        for (; i < count; i++)
        {
            least = T.Min(least, values[i]);
            most = T.Max(most, values[i]);
        }
        // A step more: a reach may be less than the last digit of a coordinate.
        low = TRegister.Broadcast(T.BitDecrement(least - reach));
        high = TRegister.Broadcast(T.BitIncrement(most + reach));
    }
}
