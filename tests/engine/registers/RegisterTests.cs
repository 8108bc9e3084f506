using System.Numerics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Registers;

/// <summary>Every register against the same operation on single numbers; widths that the hardware lacks run in software.</summary>
[TestFixture(TypeArgs = [typeof(Register512<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(RootRegister512<float, EstimateRoot>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(RootRegister512<double, NewtonRoot>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register1<double>), typeof(double)])]
[Category("Registers")]
public sealed unsafe class RegisterTests<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static double Epsilon => typeof(T) == typeof(float) ? 1.2e-7 : 2.3e-16;

    [Test]
    public void The_count_fills_the_register()
    {
        int bits = TRegister.Count * sizeof(T) * 8;
        Assert.That(sizeof(TRegister), Is.EqualTo(TRegister.Count * sizeof(T)));
        Assert.That(bits, Is.AnyOf(512, 256, 128, sizeof(T) * 8));
    }

    [Test]
    public void A_stored_register_is_what_was_loaded_at_any_alignment()
    {
        T[] numbers = Numbers(TRegister.Count + 7, -5, 5);
        T[] back = new T[numbers.Length];
        fixed (T* from = numbers, to = back)
        {
            for (int offset = 0; offset < 7; offset++)
            {
                Array.Fill(back, T.CreateTruncating(77));
                TRegister.Store(TRegister.Load(from + offset), to + offset);
                Assert.That(back.Skip(offset).Take(TRegister.Count), Is.EqualTo(numbers.Skip(offset).Take(TRegister.Count)));
                Assert.That(back.Where((_, i) => i < offset || i >= offset + TRegister.Count), Is.All.EqualTo(T.CreateTruncating(77)));
            }
        }
    }

    [Test]
    public void A_broadcast_fills_all_lanes()
    {
        T number = T.CreateTruncating(0.1);
        Assert.That(Lanes.Numbers<TRegister, T>(TRegister.Broadcast(number)), Is.All.EqualTo(number));
        Assert.That(Lanes.Numbers<TRegister, T>(TRegister.Broadcast(&number)), Is.All.EqualTo(number));
        Assert.That(Lanes.Numbers<TRegister, T>(TRegister.Constant(0.1)), Is.All.EqualTo(number));
        Assert.That(Lanes.Numbers<TRegister, T>(TRegister.Zero), Is.All.EqualTo(T.Zero));
    }

    [Test]
    public unsafe void Four_registers_sums_stand_in_their_order()
    {
        T[] numbers = [.. Enumerable.Range(0, 4 * TRegister.Count).Select(i => T.CreateTruncating((i * i % 37) + (1000 * (i / TRegister.Count))))];
        T* sums = stackalloc T[4];
        fixed (T* p = numbers)
        {
            TRegister.Sum4(TRegister.Load(p), TRegister.Load(p + TRegister.Count), TRegister.Load(p + (2 * TRegister.Count)), TRegister.Load(p + (3 * TRegister.Count)), sums);
        }

        for (int i = 0; i < 4; i++)
        {
            T expected = numbers.Skip(i * TRegister.Count).Take(TRegister.Count).Aggregate(T.Zero, (a, b) => a + b);
            Assert.That(sums[i], Is.EqualTo(expected));
        }
    }

    [Test]
    public void Sums_differences_and_products_are_those_of_the_numbers() => ForPairs((a, b, x, y) =>
    {
        for (int i = 0; i < a.Length; i++)
        {
            Assert.That(Lanes.Numbers<TRegister, T>(x + y)[i], Is.EqualTo(a[i] + b[i]));
            Assert.That(Lanes.Numbers<TRegister, T>(x - y)[i], Is.EqualTo(a[i] - b[i]));
            Assert.That(Lanes.Numbers<TRegister, T>(x * y)[i], Is.EqualTo(a[i] * b[i]));
        }
    });

    [Test]
    public void A_multiply_add_is_right_to_a_rounding_of_its_terms() => ForPairs((a, b, x, y) =>
    {
        T[] plus = Lanes.Numbers<TRegister, T>(TRegister.MultiplyAdd(x, y, x)), minus = Lanes.Numbers<TRegister, T>(TRegister.NegatedMultiplyAdd(x, y, x));
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
        T[] numbers = Numbers(TRegister.Count, 0, 1000);
        fixed (T* p = numbers)
        {
            Assert.That(Lanes.Numbers<TRegister, T>(TRegister.Sqrt(TRegister.Load(p))), Is.EqualTo(numbers.Select(T.Sqrt)));
        }
    }

    private static void ForPairs(Action<T[], T[], TRegister, TRegister> check)
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            T[] a = Numbers(TRegister.Count, -3, 3, repeat), b = Numbers(TRegister.Count, -1000, 1000, 100 + repeat);
            fixed (T* p = a, q = b) check(a, b, TRegister.Load(p), TRegister.Load(q));
        }
    }

    private static T[] Numbers(int count, double low, double high, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(low + ((high - low) * random.NextDouble())))];
    }
}
