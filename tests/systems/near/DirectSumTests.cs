using System.Numerics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The inner loop against the kernel's scalar form, for every register.</summary>
[TestFixture(TypeArgs = [typeof(Register512<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register1<double>), typeof(double)])]
[Category("Registers")]
public sealed class DirectSumTests<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static double Bound => typeof(T) == typeof(float) ? 1e-6 : 2e-15;

    [Test]
    public void Laplace_sums_are_those_of_the_scalar_form([Values] bool gradient) => Compare(default(Laplace), gradient);

    [Test]
    public void Yukawa_sums_are_those_of_the_scalar_form([Values] bool gradient) => Compare(new Yukawa(2), gradient);

    [Test]
    public void Sums_of_a_vector_kernel_are_those_of_the_scalar_form([Values] bool gradient) => Compare(default(Stokes), gradient);

    [Test]
    public void Coincident_points_contribute_nothing([Values] bool gradient)
    {
        Silent(default(Laplace), gradient);
        Silent(new Yukawa(2), gradient);
        Silent(default(Stokes), gradient);
    }

    [Test]
    public void Sums_are_added_to_what_stands_there()
    {
        Random random = new(5);
        Position[] points = Points(random, 9);
        double[] charges = [.. points.Select(_ => random.NextDouble())];
        double[] once = DirectSumCase<TRegister, T>.Run(default(Laplace), points, points, charges, false, 0);
        double[] above = DirectSumCase<TRegister, T>.Run(default(Laplace), points, points, charges, false, 8);
        Assert.That(above, Is.EqualTo(once.Select(x => x + (8 * Laplace.Normalisation(default)))).Within(8 * Bound));
    }

    private static void Compare<TKernel>(TKernel kernel, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Random random = new(6);
        for (int targets = 1; targets <= 40; targets++)
        {
            for (int sources = targets % 3; sources <= 70; sources += 3 + ((targets + sources) % 17))
            {
                Position[] from = Points(random, sources), to = Points(random, targets);
                double[] charges = [.. Enumerable.Range(0, sources * TKernel.SourceComponents).Select(_ => (double)(float)random.NextDouble())];
                double[] found = DirectSumCase<TRegister, T>.Run(kernel, to, from, charges, gradient, 0);
                double[] potential = DirectField.Of(kernel, from, charges, to);
                double[] slope = gradient ? DirectField.Of(kernel, from, charges, to, gradient: true) : [];
                string what = $"{targets} targets, {sources} sources";
                Assert.That(DirectField.Error(found.AsSpan(0, potential.Length), potential), Is.LessThanOrEqualTo(Bound), what);
                Assert.That(DirectField.Error(found.AsSpan(potential.Length), slope), Is.LessThanOrEqualTo(4 * Bound), what);
            }
        }
    }

    private static void Silent<TKernel>(TKernel kernel, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Position[] points = [.. Enumerable.Repeat(new Position(0.25, -0.5, 0.125), 19)];
        double[] charges = [.. Enumerable.Repeat(1.0, 19 * TKernel.SourceComponents)];
        Assert.That(DirectSumCase<TRegister, T>.Run(kernel, points, points, charges, gradient, 0), Is.All.EqualTo(0));
    }

    // Coordinates that single precision holds exactly, two shells apart enough that no pair dominates.
    private static Position[] Points(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Position((float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble()))];
}
