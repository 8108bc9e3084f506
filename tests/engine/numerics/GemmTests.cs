using System.Numerics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of its properties.

[TestFixtureSource(typeof(Providers), nameof(Providers.All))]
public sealed class GemmTests(string provider)
{
    private ILinearAlgebra _la = null!;

    [OneTimeSetUp]
    public void Create() => _la = Providers.Get(provider);

    [FsCheck.NUnit.Property(MaxTest = 400)]
    public void A_product_in_double_is_what_a_triple_loop_makes(uint m, uint n, uint k, byte options, int seed) =>
        Check<double>(m, n, k, options, seed);

    [FsCheck.NUnit.Property(MaxTest = 400)]
    public void A_product_in_single_is_what_a_triple_loop_makes(uint m, uint n, uint k, byte options, int seed) =>
        Check<float>(m, n, k, options, seed);

    [Test]
    public void Sizes_beyond_the_blocks_are_right(
        [Values("97x1030x7", "200x33x300", "5x1025x513", "193x65x257", "391x49x386", "785x16x9")] string size, [Values] bool transB)
    {
        int[] s = [.. size.Split('x').Select(int.Parse)];
        GemmCase<double> wide = new(s[0], s[1], s[2], transB, 3, 1);
        GemmCase<float> narrow = new(s[0], s[1], s[2], transB, 0, 2);
        Assert.That(wide.Fault(wide.Run(_la)), Is.Null);
        Assert.That(narrow.Fault(narrow.Run(_la)), Is.Null);
    }

    [Test]
    public void Many_threads_at_once_get_the_same_bits()
    {
        GemmCase<double> product = new(67, 152, 300, true, 1, 3);
        double[] expected = product.Run(_la);
        int different = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 40; i++)
            {
                double[] c = product.Run(_la);
                for (int j = 0; j < c.Length; j++)
                {
                    if (BitConverter.DoubleToInt64Bits(c[j]) == BitConverter.DoubleToInt64Bits(expected[j])) continue;
                    Interlocked.Increment(ref different);
                    break;
                }
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.That(different, Is.Zero);
    }

    [Test]
    public unsafe void A_warm_product_allocates_nothing_on_the_managed_heap()
    {
        float[] a = new float[70 * 80], b = new float[80 * 90], c = new float[70 * 90];
        fixed (float* pA = a, pB = b, pC = c)
        {
            _la.Gemm(false, 70, 90, 80, pA, 80, pB, 90, pC, 90);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) _la.Gemm(i % 2 == 0, 70, 80, 80, pA, 80, pB, 80, pC, 90);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
    }

    [Test]
    public unsafe void Impossible_sizes_are_refused_with_the_value()
    {
        double number = 0;
        double* p = &number;
        Exception? negative = Catch(() => Product(-1, 1, 1, 1, 1, 1));
        Exception? close = Catch(() => Product(1, 1, 5, 4, 1, 1));
        Assert.That(negative, Is.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("-1 x 1"));
        Assert.That(close, Is.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("at least the row's length, 5"));
        void Product(int m, int n, int k, int lda, int ldb, int ldc) => _la.Gemm(false, m, n, k, p, lda, p, ldb, p, ldc);
    }

    [Test]
    public unsafe void A_product_of_halves_is_refused()
    {
        Half number = default;
        Half* p = &number;
        Assert.That(Catch(() => _la.Gemm(false, 1, 1, 1, p, 1, p, 1, p, 1)), Is.TypeOf<NotSupportedException>());
    }

    private static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return exception;
        }
    }

    private void Check<T>(uint m, uint n, uint k, byte options, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GemmCase<T> product = new(
            (int)(m % 71), (int)(n % 71), (int)(k % 71), (options & 1) != 0, (options >> 1) % 4, seed);
        Assert.That(product.Fault(product.Run(_la)), Is.Null);
    }
}
