using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of its properties.

/// <summary>The scalar form of each kernel: what the wide form and the operators are measured against.</summary>
[TestFixture(TypeArgs = [typeof(Laplace)])]
[TestFixture(TypeArgs = [typeof(Yukawa)])]
[TestFixture(TypeArgs = [typeof(Stokes)])]
public sealed class KernelTests<TKernel>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static readonly TKernel _kernel = typeof(TKernel) == typeof(Yukawa) ? (TKernel)(object)new Yukawa(1.5) : default;

    private static int Size => TKernel.PotentialComponents * TKernel.SourceComponents;

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public void The_gradient_is_the_derivative(int seed)
    {
        double[] d = Offset(seed);
        double[] gradient = new double[3 * Size], step = new double[3];
        _kernel.EvaluateGradient(d[0], d[1], d[2], gradient);
        double scale = gradient.Max(Math.Abs), h = 1e-4 * Math.Sqrt(d.Sum(x => x * x));
        for (int axis = 0; axis < 3; axis++)
        {
            double[] derivative = new double[Size];
            foreach ((double at, double weight) in new[] { (-2.0, 1.0), (-1, -8), (1, 8), (2, -1) })
            {
                d.CopyTo(step, 0);
                step[axis] += at * h;
                double[] matrix = Evaluate(step);
                for (int i = 0; i < Size; i++) derivative[i] += weight * matrix[i] / (12 * h);
            }
            for (int i = 0; i < Size; i++)
            {
                int c = i / TKernel.SourceComponents, k = i % TKernel.SourceComponents;
                Assert.That(gradient[(((3 * c) + axis) * TKernel.SourceComponents) + k], Is.EqualTo(derivative[i]).Within(1e-9 * scale));
            }
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public void A_homogeneous_kernel_scales_by_its_degree(int seed, byte exponent)
    {
        double scale = Math.Pow(1.1, exponent - 128);
        double[] d = Offset(seed), near = Evaluate(d), far = Evaluate([.. d.Select(x => scale * x)]);
        if (TKernel.Degree is not int degree)
        {
            Assert.That(far[0], scale is > 0.99 and < 1.01 ? Is.EqualTo(near[0]).Within(0.2).Percent : Is.Not.EqualTo(near[0] / scale));
            return;
        }
        for (int i = 0; i < Size; i++)
            Assert.That(far[i], Is.EqualTo(Math.Pow(scale, degree) * near[i]).Within(1e-12 * Math.Pow(scale, degree) * near.Max(Math.Abs)));
    }

    [Test]
    public void A_coincident_pair_contributes_nothing()
    {
        double[] gradient = new double[3 * Size];
        Array.Fill(gradient, 7);
        _kernel.EvaluateGradient(0, 0, 0, gradient);
        Assert.That(Evaluate([0, 0, 0]), Is.All.EqualTo(0));
        Assert.That(gradient, Is.All.EqualTo(0));
    }

    [Test]
    public void The_work_of_a_pair_grows_with_the_gradient() =>
        Assert.That(KernelFlops.Of(_kernel, gradient: true).OneWay, Is.GreaterThan(KernelFlops.Of(_kernel, gradient: false).OneWay).And.GreaterThan(0));

    private static double[] Evaluate(double[] d)
    {
        double[] matrix = new double[Size];
        _kernel.Evaluate(d[0], d[1], d[2], matrix);
        return matrix;
    }

    private static double[] Offset(int seed)
    {
        Random random = new(seed);
        double[] d = [random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5];
        double length = Math.Sqrt(d.Sum(x => x * x)), wanted = Math.Pow(10, (2 * random.NextDouble()) - 1);
        return [.. d.Select(x => x * wanted / length)];
    }
}
