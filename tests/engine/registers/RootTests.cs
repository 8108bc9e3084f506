using System.Numerics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Registers;

/// <summary>Short roots have the digits that they promise, at every mantissa.</summary>
[Category("Registers")]
public sealed class RootTests
{
    [Test]
    public void The_estimate_has_14_bits() => Check<float, EstimateRoot>(6.2e-5, 2e-5);

    [Test]
    public void The_Newton_step_has_8_digits() => Check<double, NewtonRoot>(6e-9, 1e-9);

    [Test]
    public void The_step_of_third_order_has_12_digits() => Check<double, CubicRoot>(1e-12, 5e-13);

    [Test]
    public void Zero_and_denormal_numbers_give_zero()
    {
        Assert.That(Lanes.Map<RootRegister512<float, EstimateRoot>, float>([0, float.Epsilon, 1.1e-38f], RootRegister512<float, EstimateRoot>.InverseSqrt), Is.All.EqualTo(0));
        Assert.That(Lanes.Map<RootRegister512<double, NewtonRoot>, double>([0, double.Epsilon, 2.2e-308], RootRegister512<double, NewtonRoot>.InverseSqrt), Is.All.EqualTo(0));
        Assert.That(Lanes.Map<RootRegister512<double, CubicRoot>, double>([0, double.Epsilon, 2.2e-308], RootRegister512<double, CubicRoot>.InverseSqrt), Is.All.EqualTo(0));
    }

    [Test]
    public void All_digits_are_those_of_the_full_register()
    {
        double[] numbers = [.. Enumerable.Range(1, 1000).Select(i => i / 7.0)];
        Assert.That(
            Lanes.Map<RootRegister512<double, FullRoot>, double>(numbers, RootRegister512<double, FullRoot>.InverseSqrt),
            Is.EqualTo(Lanes.Map<Register512<double>, double>(numbers, Register512<double>.InverseSqrt)));
    }

    [Test]
    public void Roots_of_points_apart_have_the_same_bits_and_tell_of_zero()
    {
        Apart<float, EstimateRoot>();
        Apart<float, FullRoot>();
        Apart<double, NewtonRoot>();
        Apart<double, CubicRoot>();
        Apart<double, FullRoot>();
    }

    [Test]
    public void Sines_have_the_digits_of_their_root()
    {
        Sines<float, EstimateRoot>(6e-6);
        Sines<double, NewtonRoot>(1e-9);
        Sines<double, CubicRoot>(1e-12);
        Sines<double, FullRoot>(2.3e-16);
        Sines<double, ApartRoot<double, NewtonRoot>>(1e-9);
    }

    private static void Sines<T, TRoot>(double worst)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRoot : struct, IRoot<T>
    {
        T[] numbers = [.. Enumerable.Range(-20000, 40000).Select(i => T.CreateTruncating(i / 700.0))];
        T[] sines = Lanes.Map<RootRegister512<T, TRoot>, T>(numbers, x => { RootRegister512<T, TRoot>.SinCos(x, out RootRegister512<T, TRoot> sine, out _); return sine; });
        T[] cosines = Lanes.Map<RootRegister512<T, TRoot>, T>(numbers, x => { RootRegister512<T, TRoot>.SinCos(x, out _, out RootRegister512<T, TRoot> cosine); return cosine; });
        for (int i = 0; i < numbers.Length; i++)
        {
            double x = double.CreateTruncating(numbers[i]);
            Assert.That(double.CreateTruncating(sines[i]), Is.EqualTo(Math.Sin(x)).Within(worst), $"sin {x}");
            Assert.That(double.CreateTruncating(cosines[i]), Is.EqualTo(Math.Cos(x)).Within(worst), $"cos {x}");
        }
    }

    private static void Apart<T, TRoot>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRoot : struct, IRoot<T>
    {
        T[] numbers = [.. Enumerable.Range(1, 1000).Select(i => T.CreateTruncating(i / 7.0))];
        Assert.That(
            Lanes.Map<RootRegister512<T, ApartRoot<T, TRoot>>, T>(numbers, RootRegister512<T, ApartRoot<T, TRoot>>.InverseSqrt),
            Is.EqualTo(Lanes.Map<RootRegister512<T, TRoot>, T>(numbers, RootRegister512<T, TRoot>.InverseSqrt)));
        Assert.That(
            Lanes.Map<RootRegister512<T, ApartRoot<T, TRoot>>, T>([T.Zero], RootRegister512<T, ApartRoot<T, TRoot>>.InverseSqrt).Any(T.IsFinite), Is.False);
    }

    private static void Check<T, TRoot>(double worst, double mean)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRoot : struct, IRoot<T>
    {
        T[] numbers = [.. Enumerable.Range(0, 1 << 16).Select(i => T.CreateTruncating(1 + (3.0 * i / (1 << 16))))];
        T[] roots = Lanes.Map<RootRegister512<T, TRoot>, T>(numbers, RootRegister512<T, TRoot>.InverseSqrt);
        double[] errors = [.. numbers.Zip(roots, (x, y) => (double.CreateTruncating(y) * Math.Sqrt(double.CreateTruncating(x))) - 1)];
        TestContext.Out.WriteLine($"worst {errors.Max(Math.Abs):e2}, mean {errors.Average():e2}, root of the mean square {Math.Sqrt(errors.Average(e => e * e)):e2}");
        Assert.That(errors.Max(Math.Abs), Is.LessThan(worst));
        Assert.That(Math.Abs(errors.Average()), Is.LessThan(mean));
    }
}
