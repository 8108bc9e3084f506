using System.Numerics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of its properties.

public sealed unsafe class PackedProductTests
{
    [FsCheck.NUnit.Property(MaxTest = 60), Category("Registers")]
    public void A_product_is_what_a_triple_loop_makes(byte rows, byte depth, byte columns, bool add, int seed)
    {
        Check<double, Register512<double>>(rows, depth, columns, add, seed);
        Check<double, Register256<double>>(rows, depth, columns, add, seed);
        Check<float, Register512<float>>(rows, depth, columns, add, seed);
        Check<float, Register128<float>>(rows, depth, columns, add, seed);
        Check<double, Register1<double>>(rows, depth, columns, add, seed);
    }

    [Test]
    public void A_product_beyond_the_resident_size_is_right() => Check<double, Register512<double>>(255, 700, 100, add: true, 5);

    // Rows stand in reverse order and in the wrong places, so that only their offsets say where they are.
    private static void Check<T, TRegister>(int rows, int depth, int columns, bool add, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        Random random = new(seed);
        int tile = PackedProduct<TRegister, T>.TileRows, tiles = (rows + tile - 1) / tile, all = tiles * tile;
        int padded = PackedMatrix.Columns(columns, TRegister.Count);
        double[] b = [.. Enumerable.Range(0, (depth * columns) + 1).Select(_ => (double)random.Next(-4, 5))];
        T[] a = [.. Enumerable.Range(0, (all * depth) + 1).Select(_ => T.CreateTruncating(random.Next(-4, 5)))];
        T[] c = [.. Enumerable.Range(0, (all * padded) + 1).Select(_ => T.CreateTruncating(random.Next(-4, 5)))];
        T[] expected = [.. c], packed = new T[PackedMatrix.Length(depth, columns, TRegister.Count) + 1];
        nint[] from = [.. Enumerable.Range(0, all).Select(i => (nint)(all - 1 - i) * depth), 0];
        nint[] to = [.. Enumerable.Range(0, all).Select(i => (nint)((i + 1) % Math.Max(1, all)) * padded), 0];
        for (int i = 0; i < all; i++)
        {
            for (int j = 0; j < padded; j++)
            {
                T sum = add ? c[to[i] + j] : T.Zero;
                for (int k = 0; k < depth && j < columns; k++) sum += a[from[i] + k] * T.CreateTruncating(b[(k * columns) + j]);
                expected[to[i] + j] = sum;
            }
        }
        fixed (T* pA = a, pC = c, pPacked = packed)
        fixed (nint* pFrom = from, pTo = to)
        {
            PackedMatrix.Pack(b, columns, 1, depth, columns, TRegister.Count, pPacked);
            PackedProduct<TRegister, T>.Run(tiles, depth, pA, pFrom, pPacked, padded, pC, pTo, add);
        }
        Assert.That(c, Is.EqualTo(expected));
    }
}
