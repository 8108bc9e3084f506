using System.Numerics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Registers;

/// <summary>The functions that kernels are made of, over the whole range of their arguments.</summary>
[TestFixture(TypeArgs = [typeof(Register512<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register1<double>), typeof(double)])]
[Category("Registers")]
public sealed class RegisterFunctionTests<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static bool Single => typeof(T) == typeof(float);

    [Test]
    public void The_inverse_root_keeps_its_digits_at_every_exponent()
    {
        Random random = new(3);
        List<T> numbers = [];
        for (int exponent = Single ? -126 : -1022; exponent <= (Single ? 126 : 1022); exponent++)
        {
            for (int i = 0; i < 20; i++) numbers.Add(T.CreateTruncating(Math.ScaleB(1 + random.NextDouble(), exponent)));
            numbers.Add(T.CreateTruncating(Math.ScaleB(1.0001, exponent)));
        }
        double worst = Worst(numbers, TRegister.InverseSqrt, x => 1 / Math.Sqrt(x));
        Assert.That(worst, Is.LessThanOrEqualTo(Single ? 3e-7 : 1e-15));
    }

    [Test]
    public void The_inverse_root_of_zero_and_of_denormal_numbers_is_zero()
    {
        T[] numbers = Single
            ? [T.Zero, T.Epsilon, T.CreateTruncating(1e-40), T.CreateTruncating(1.1e-38)]
            : [T.Zero, T.Epsilon, T.CreateTruncating(1e-310), T.CreateTruncating(2.2e-308)];
        Assert.That(Lanes.Map<TRegister, T>(numbers, TRegister.InverseSqrt), Is.All.EqualTo(T.Zero));
    }

    [Test]
    public void The_exponential_is_right_to_a_few_units_in_the_last_place()
    {
        Random random = new(4);
        double reach = Single ? 87 : 707;
        List<T> numbers = [T.Zero, T.One, -T.One];
        for (int i = 0; i < 4000; i++) numbers.Add(T.CreateTruncating(reach * ((2 * random.NextDouble()) - 1)));
        for (int i = 0; i < 1000; i++) numbers.Add(T.CreateTruncating(-Math.ScaleB(random.NextDouble(), -i / 20)));
        Assert.That(Worst(numbers, TRegister.Exp, Math.Exp), Is.LessThanOrEqualTo(Single ? 4e-7 : 1e-15));
    }

    [Test]
    public void The_exponential_vanishes_far_below()
    {
        T[] numbers = Single ? [T.CreateTruncating(-110), T.CreateTruncating(-1e30)] : [T.CreateTruncating(-800), T.CreateTruncating(-1e300)];
        Assert.That(Lanes.Map<TRegister, T>(numbers, TRegister.Exp), Is.All.EqualTo(T.Zero));
    }

    [Test]
    public void Sine_and_cosine_are_right_to_the_last_digits_over_many_periods()
    {
        Random random = new(5);
        double reach = Single ? 1e4 : 1e9;
        List<T> numbers = [T.Zero, T.One, -T.One];
        for (int i = 0; i < 4000; i++) numbers.Add(T.CreateTruncating(reach * ((2 * random.NextDouble()) - 1)));
        for (int i = -500; i <= 500; i++) numbers.Add(T.CreateTruncating(i * Math.PI / 4));
        T[] sines = Lanes.Map<TRegister, T>([.. numbers], Sine), cosines = Lanes.Map<TRegister, T>([.. numbers], Cosine);
        for (int i = 0; i < sines.Length; i++)
        {
            double x = double.CreateTruncating(numbers[i]);
            Assert.That(double.CreateTruncating(sines[i]), Is.EqualTo(Math.Sin(x)).Within(Single ? 1.2e-7 : 2.3e-16), $"sin {x}");
            Assert.That(double.CreateTruncating(cosines[i]), Is.EqualTo(Math.Cos(x)).Within(Single ? 1.2e-7 : 2.3e-16), $"cos {x}");
        }
    }

    [Test]
    public void Sine_and_cosine_of_any_number_stay_within_one()
    {
        T[] numbers = [T.CreateTruncating(1e15), T.CreateTruncating(1e30), T.CreateTruncating(-1e30), T.CreateTruncating(1e300), T.PositiveInfinity, T.NegativeInfinity];
        Assert.That(Lanes.Map<TRegister, T>(numbers, Sine), Is.All.InRange(-T.One, T.One));
        Assert.That(Lanes.Map<TRegister, T>(numbers, Cosine), Is.All.InRange(-T.One, T.One));
    }

    private static TRegister Sine(TRegister x)
    {
        TRegister.SinCos(x, out TRegister sine, out _);
        return sine;
    }

    private static TRegister Cosine(TRegister x)
    {
        TRegister.SinCos(x, out _, out TRegister cosine);
        return cosine;
    }

    private static double Worst(List<T> numbers, Func<TRegister, TRegister> function, Func<double, double> reference)
    {
        T[] results = Lanes.Map<TRegister, T>([.. numbers], function);
        double worst = 0;
        for (int i = 0; i < results.Length; i++)
        {
            double expected = reference(double.CreateTruncating(numbers[i]));
            double error = Math.Abs((double.CreateTruncating(results[i]) / expected) - 1);
            Assert.That(error, Is.Not.NaN, $"at {numbers[i]}");
            worst = Math.Max(worst, error);
        }
        return worst;
    }
}
