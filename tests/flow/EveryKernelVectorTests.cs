using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Several charge vectors on the same points: the fields of each alone, whatever else goes on.</summary>
[TestFixtureSource(typeof(BuiltInKernels), nameof(BuiltInKernels.All))]
public sealed class EveryKernelVectorTests<TKernel>(TKernel kernel, BuiltInKernels.Bound bound)
    where TKernel : unmanaged, IKernel<TKernel>
{
    [Test]
    public void Each_vector_has_the_field_that_it_has_alone([Values(2, 11)] int count, [Values] bool shared)
    {
        VectorScene scene = VectorScene.Of(shared ? Scene.Of("plummer", 700, TKernel.SourceComponents) : Scene.Of("cube", "apart", 700, TKernel.SourceComponents), count, TKernel.SourceComponents);
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            FmmOptions options = new() { Order = 4, LeafCapacity = 30, Precision = precision, Gradient = BuiltInKernels.HasGradient<TKernel>() };
            (double[] potentials, double[] gradients) = scene.Together(kernel, options);
            (double[] alone, double[] slopes) = scene.OneByOne(kernel, options);
            double digits = precision == Precision.Double ? 1e-10 : 2e-5; // Roots of near pairs have the order's digits, and sums another order.
            Assert.That(VectorScene.Difference(potentials, alone), Is.LessThan(digits), $"{precision}");
            Assert.That(VectorScene.Difference(gradients, slopes), Is.LessThan(20 * digits), $"{precision}");
        }
        Assert.That(bound.Potential, Is.Positive);
    }
}
