using System.Numerics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Lanes;

/// <summary>Every register against the same operation on single numbers; widths that the hardware lacks run in software.</summary>
[TestFixture(TypeArgs = [typeof(Lane512<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Lane256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Lane128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Lane1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Lane512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(RootLane512<float, EstimateRoot>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(RootLane512<double, NewtonRoot>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Lane256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Lane128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Lane1<double>), typeof(double)])]
[Category("Lanes")]
public sealed unsafe class LaneTests<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static double Epsilon => typeof(T) == typeof(float) ? 1.2e-7 : 2.3e-16;

    [Test]
    public void The_count_fills_the_register()
    {
        int bits = TLane.Count * sizeof(T) * 8;
        Assert.That(sizeof(TLane), Is.EqualTo(TLane.Count * sizeof(T)));
        Assert.That(bits, Is.AnyOf(512, 256, 128, sizeof(T) * 8));
    }

    [Test]
    public void A_stored_register_is_what_was_loaded_at_any_alignment()
    {
        T[] numbers = Numbers(TLane.Count + 7, -5, 5);
        T[] back = new T[numbers.Length];
        fixed (T* from = numbers, to = back)
        {
            for (int offset = 0; offset < 7; offset++)
            {
                Array.Fill(back, T.CreateTruncating(77));
                TLane.Store(TLane.Load(from + offset), to + offset);
                Assert.That(back.Skip(offset).Take(TLane.Count), Is.EqualTo(numbers.Skip(offset).Take(TLane.Count)));
                Assert.That(back.Where((_, i) => i < offset || i >= offset + TLane.Count), Is.All.EqualTo(T.CreateTruncating(77)));
            }
        }
    }

    [Test]
    public void A_broadcast_fills_all_lanes()
    {
        T number = T.CreateTruncating(0.1);
        Assert.That(Lanes.Numbers<TLane, T>(TLane.Broadcast(number)), Is.All.EqualTo(number));
        Assert.That(Lanes.Numbers<TLane, T>(TLane.Broadcast(&number)), Is.All.EqualTo(number));
        Assert.That(Lanes.Numbers<TLane, T>(TLane.Constant(0.1)), Is.All.EqualTo(number));
        Assert.That(Lanes.Numbers<TLane, T>(TLane.Zero), Is.All.EqualTo(T.Zero));
    }

    [Test]
    public unsafe void Four_registers_sums_stand_in_their_order()
    {
        T[] numbers = [.. Enumerable.Range(0, 4 * TLane.Count).Select(i => T.CreateTruncating((i * i % 37) + (1000 * (i / TLane.Count))))];
        T* sums = stackalloc T[4];
        fixed (T* p = numbers)
        {
            TLane.Sum4(TLane.Load(p), TLane.Load(p + TLane.Count), TLane.Load(p + (2 * TLane.Count)), TLane.Load(p + (3 * TLane.Count)), sums);
        }

        for (int i = 0; i < 4; i++)
        {
            T expected = numbers.Skip(i * TLane.Count).Take(TLane.Count).Aggregate(T.Zero, (a, b) => a + b);
            Assert.That(sums[i], Is.EqualTo(expected));
        }
    }

    [Test]
    public void Sums_differences_and_products_are_those_of_the_numbers() => ForPairs((a, b, x, y) =>
    {
        for (int i = 0; i < a.Length; i++)
        {
            Assert.That(Lanes.Numbers<TLane, T>(x + y)[i], Is.EqualTo(a[i] + b[i]));
            Assert.That(Lanes.Numbers<TLane, T>(x - y)[i], Is.EqualTo(a[i] - b[i]));
            Assert.That(Lanes.Numbers<TLane, T>(x * y)[i], Is.EqualTo(a[i] * b[i]));
        }
    });

    [Test]
    public void A_multiply_add_is_right_to_a_rounding_of_its_terms() => ForPairs((a, b, x, y) =>
    {
        T[] plus = Lanes.Numbers<TLane, T>(TLane.MultiplyAdd(x, y, x)), minus = Lanes.Numbers<TLane, T>(TLane.NegatedMultiplyAdd(x, y, x));
        for (int i = 0; i < a.Length; i++)
        {
            double p = double.CreateTruncating(a[i]), q = double.CreateTruncating(b[i]);
            double bound = 2 * Epsilon * (Math.Abs(p * q) + Math.Abs(p));
            Assert.That(double.CreateTruncating(plus[i]), Is.EqualTo((p * q) + p).Within(bound));
            Assert.That(double.CreateTruncating(minus[i]), Is.EqualTo(p - (p * q)).Within(bound));
        }
    });

    [Test]
    public void A_square_root_is_correctly_rounded()
    {
        T[] numbers = Numbers(TLane.Count, 0, 1000);
        fixed (T* p = numbers)
        {
            Assert.That(Lanes.Numbers<TLane, T>(TLane.Sqrt(TLane.Load(p))), Is.EqualTo(numbers.Select(T.Sqrt)));
        }
    }

    private static void ForPairs(Action<T[], T[], TLane, TLane> check)
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            T[] a = Numbers(TLane.Count, -3, 3, repeat), b = Numbers(TLane.Count, -1000, 1000, 100 + repeat);
            fixed (T* p = a, q = b) check(a, b, TLane.Load(p), TLane.Load(q));
        }
    }

    private static T[] Numbers(int count, double low, double high, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(low + ((high - low) * random.NextDouble())))];
    }
}
