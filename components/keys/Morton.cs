using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Components;

/// <summary>
/// Morton keys (Morton 1966): the bits of three cell coordinates interleaved, x lowest, so that the key of a parent is the child's key
/// shifted right by three and every subtree is one contiguous range of keys. A key alone does not tell its level.
/// </summary>
public static class Morton
{
    /// <summary>The deepest level: 21 bits an axis, 63 bits a key.</summary>
    public const int MaxLevel = 21;

    /// <summary>Cells along an axis at the deepest level, 2^21.</summary>
    public const int MaxCells = 1 << MaxLevel;

    // The bits of x; those of y and z lie one and two places higher.
    private const ulong AxisX = 0x1249249249249249;

    private static readonly bool _hasFastDeposit = HasFastDeposit();

    /// <summary>Number of directions to a cell and its neighbours: index (dx + 1) + 3 (dy + 1) + 9 (dz + 1), 13 is the cell itself.</summary>
    public const int Directions = 27;

    /// <summary>Key of a cell.</summary>
    /// <param name="x">Cell along x, at most 21 bits.</param>
    /// <param name="y">Cell along y, at most 21 bits.</param>
    /// <param name="z">Cell along z, at most 21 bits.</param>
    /// <returns>The key at the level that the coordinates belong to.</returns>
    public static ulong Encode(uint x, uint y, uint z) => Spread(x) | (Spread(y) << 1) | (Spread(z) << 2);

    /// <summary>Cell of a key.</summary>
    /// <param name="key">A key of any level.</param>
    /// <returns>The cell along each axis at the key's level.</returns>
    public static (uint X, uint Y, uint Z) Decode(ulong key) => (Gather(key), Gather(key >> 1), Gather(key >> 2));

    /// <summary>Cells of a run of keys.</summary>
    /// <param name="keys">Keys of any level.</param>
    /// <param name="cells">Receives x, y, z of each.</param>
    /// <exception cref="ArgumentException">There is no room for three numbers a key.</exception>
    public static void Decode(ReadOnlySpan<ulong> keys, Span<uint> cells)
    {
        if (cells.Length != 3 * keys.Length)
            throw new ArgumentException($"{keys.Length} keys need {3 * keys.Length} cells, not {cells.Length}.", nameof(cells));

        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = keys[i];
            cells[3 * i] = Gather(key);
            cells[(3 * i) + 1] = Gather(key >> 1);
            cells[(3 * i) + 2] = Gather(key >> 2);
        }
    }

    /// <summary>Key of the ancestor some levels up.</summary>
    /// <param name="key">A key of any level.</param>
    /// <param name="levels">How many levels up, 0 to 21.</param>
    /// <returns>The ancestor's key.</returns>
    public static ulong Ancestor(ulong key, int levels) => key >> (3 * levels);

    /// <summary>Keys of the parents of a run of keys.</summary>
    /// <param name="keys">Keys of one level, 1 or deeper.</param>
    /// <param name="parents">Receives a key a row, one level up.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Parents(ReadOnlySpan<ulong> keys, Span<ulong> parents)
    {
        if (keys.Length != parents.Length)
            throw new ArgumentException($"{keys.Length} keys need as many parents, not {parents.Length}.", nameof(parents));

        for (int i = 0; i < keys.Length; i++) parents[i] = keys[i] >> 3;
    }

    /// <summary>Key of a neighbour at the same level.</summary>
    /// <param name="key">A key at <paramref name="level"/>.</param>
    /// <param name="level">Level of the key, 0 to 21.</param>
    /// <param name="direction">Which neighbour, 0 to 26; see <see cref="Directions"/>.</param>
    /// <param name="neighbour">The neighbour's key; 0 when there is none.</param>
    /// <returns>False when the neighbour lies outside the domain.</returns>
    public static bool TryNeighbour(ulong key, int level, int direction, out ulong neighbour)
    {
        (uint x, uint y, uint z) = Decode(key);
        int limit = 1 << level;
        int nx = (int)x + (direction % 3) - 1;
        int ny = (int)y + (direction / 3 % 3) - 1;
        int nz = (int)z + (direction / 9) - 1;
        if (Math.Min(nx, Math.Min(ny, nz)) < 0 || Math.Max(nx, Math.Max(ny, nz)) >= limit)
        {
            neighbour = 0;
            return false;
        }

        neighbour = Encode((uint)nx, (uint)ny, (uint)nz);
        return true;
    }

    /// <summary>Writes the keys of the neighbours at the same level that lie in the domain, the cell itself left out, in order of direction.</summary>
    /// <param name="key">A key at <paramref name="level"/>.</param>
    /// <param name="level">Level of the key, 0 to 21.</param>
    /// <param name="neighbours">Room for 26 keys.</param>
    /// <returns>How many were written.</returns>
    public static int Neighbours(ulong key, int level, Span<ulong> neighbours)
    {
        // Along an axis in place: with ones in the other axes' bits a carry runs through them, with zeros a borrow does.
        ulong inside = (1UL << (3 * level)) - 1, maskX = AxisX & inside, maskY = (AxisX << 1) & inside, maskZ = (AxisX << 2) & inside;
        ulong x = key & maskX, y = key & maskY, z = key & maskZ;
        ulong left = (x - 1) & maskX, right = ((x | ~maskX) + 1) & maskX;
        ulong front = (y - 2) & maskY, back = ((y | ~maskY) + 2) & maskY, below = (z - 4) & maskZ, above = ((z | ~maskZ) + 4) & maskZ;
        bool inner = x != 0 & x != maskX & y != 0 & y != maskY & z != 0 & z != maskZ;
        if (inner && neighbours.Length >= Directions - 1)
        {
            ref ulong at = ref MemoryMarshal.GetReference(neighbours);
            Row(ref at, front | below, left, x, right);
            Row(ref Unsafe.Add(ref at, 3), y | below, left, x, right);
            Row(ref Unsafe.Add(ref at, 6), back | below, left, x, right);
            Row(ref Unsafe.Add(ref at, 9), front | z, left, x, right);
            Unsafe.Add(ref at, 12) = y | z | left;
            Unsafe.Add(ref at, 13) = y | z | right;
            Row(ref Unsafe.Add(ref at, 14), back | z, left, x, right);
            Row(ref Unsafe.Add(ref at, 17), front | above, left, x, right);
            Row(ref Unsafe.Add(ref at, 20), y | above, left, x, right);
            Row(ref Unsafe.Add(ref at, 23), back | above, left, x, right);
            return Directions - 1;
        }

        bool hasLeft = x != 0, hasRight = x != maskX;
        int firstY = y == 0 ? 1 : 0, lastY = y == maskY ? 1 : 2, firstZ = z == 0 ? 1 : 0, lastZ = z == maskZ ? 1 : 2;
        int count = 0;
        for (int k = firstZ; k <= lastZ; k++)
        {
            ulong atZ = k == 0 ? below : k == 1 ? z : above;
            for (int j = firstY; j <= lastY; j++)
            {
                ulong row = atZ | (j == 0 ? front : j == 1 ? y : back);
                if (hasLeft) neighbours[count++] = row | left;
                if (j != 1 || k != 1) neighbours[count++] = row | x;
                if (hasRight) neighbours[count++] = row | right;
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(ref ulong at, ulong row, ulong left, ulong x, ulong right)
    {
        at = row | left;
        Unsafe.Add(ref at, 1) = row | x;
        Unsafe.Add(ref at, 2) = row | right;
    }

    // Bit deposit and extract take one cycle, but hundreds on AMD's processors before Zen 3 (family 17h), which have them in microcode.
    private static bool HasFastDeposit()
    {
        if (!Bmi2.X64.IsSupported) return false;
        (_, int b, int c, int d) = X86Base.CpuId(0, 0);
        bool isAmd = b == 0x68747541 && d == 0x69746E65 && c == 0x444D4163;
        int version = X86Base.CpuId(1, 0).Eax, family = (version >> 8) & 0xF;
        return !isAmd || (family == 0xF ? family + ((version >> 20) & 0xFF) : family) >= 0x19;
    }

    /// <summary>Spreads 21 bits to every third bit.</summary>
    private static ulong Spread(uint value)
    {
        if (_hasFastDeposit) return Bmi2.X64.ParallelBitDeposit(value, AxisX);
        ulong v = value & 0x1FFFFF;
        v = (v | (v << 32)) & 0x001F00000000FFFF;
        v = (v | (v << 16)) & 0x001F0000FF0000FF;
        v = (v | (v << 8)) & 0x100F00F00F00F00F;
        v = (v | (v << 4)) & 0x10C30C30C30C30C3;
        return (v | (v << 2)) & 0x1249249249249249;
    }

    private static uint Gather(ulong value)
    {
        if (_hasFastDeposit) return (uint)Bmi2.X64.ParallelBitExtract(value, AxisX);
        ulong v = value & 0x1249249249249249;
        v = (v | (v >> 2)) & 0x10C30C30C30C30C3;
        v = (v | (v >> 4)) & 0x100F00F00F00F00F;
        v = (v | (v >> 8)) & 0x001F0000FF0000FF;
        v = (v | (v >> 16)) & 0x001F00000000FFFF;
        return (uint)((v | (v >> 32)) & 0x1FFFFF);
    }
}
