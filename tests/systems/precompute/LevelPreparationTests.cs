using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using Fmm.Tests.Kernels;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>A kernel with a length of its own has operators for each level: made side by side, shared or left out where that is all the same.</summary>
public sealed class LevelPreparationTests
{
    private static readonly FmmOptions _deep = new() { Order = 6, LeafCapacity = 3, Gradient = true };

    [Test]
    public void Levels_side_by_side_are_the_same_bits_for_any_number_of_threads([Values] TransferStrategy strategy)
    {
        Scene scene = Scene.Of("plummer", 700);
        FmmOptions options = _deep with { Order = 4, Transfer = strategy };
        (double[] Potentials, double[] Gradients) one = scene.Solve(new Yukawa(1), options with { Threads = 1 });
        foreach (int threads in (int[])[2, 3, 8]) Assert.That(scene.Solve(new Yukawa(1), options with { Threads = threads }), Is.EqualTo(one), $"{threads} threads");
    }

    [TestCase(0)]
    [TestCase(1e-14)]
    [TestCase(1e-6)]
    [TestCase(0.01)]
    [TestCase(1)]
    [TestCase(30)]
    [TestCase(1000)]
    [TestCase(1e7)]
    public void The_field_of_a_deep_tree_is_that_of_direct_sums(double k)
    {
        Scene scene = Scene.Of("plummer", 3000);
        (double potential, double gradient) = scene.Error(new Yukawa(k), _deep);
        TestContext.Out.WriteLine($"{potential:g3} {gradient:g3}");
        Assert.That((potential < 3e-6, gradient < 3e-5), Is.EqualTo((true, true)), $"{potential} {gradient}");
        (potential, gradient) = scene.Error(new Yukawa(k), _deep with { Precision = Precision.Single });
        Assert.That((potential < 6e-6, gradient < 5e-5), Is.EqualTo((true, true)), $"single: {potential} {gradient}");
    }

    [Test]
    public void Levels_to_which_the_kernel_is_homogeneous_share_what_is_computed([Values] TransferStrategy strategy)
    {
        MemoryStore store = new();
        Scene scene = Scene.Of("plummer", 1000);
        FmmOptions options = _deep with { OperatorStore = store, Transfer = strategy };
        (double potential, double gradient) = scene.Error(default(Undeclared), options);
        (double homogeneous, double slope) = scene.Error(default(Laplace), _deep with { Transfer = strategy });
        Assert.That(store.Asked, Is.EqualTo(2), "translations and transfers");
        // Their trees differ: the cube of a kernel that is not declared to be homogeneous is widened.
        Assert.That(potential, Is.LessThan(1.5 * homogeneous));
        Assert.That(gradient, Is.LessThan(1.5 * slope));
        scene.Solve(new Yukawa(1e-14), options);
        Assert.That(store.Asked, Is.EqualTo(4));
    }

    [Test]
    public void A_kernel_is_homogeneous_to_boxes_that_are_small_against_its_length()
    {
        ScaleFreeLevels<Yukawa> mild = new(new Yukawa(1e-9), 6, Precision.Double), steep = new(new Yukawa(1), 6, Precision.Double);
        double h = Math.ScaleB(1, -4);
        Assert.That(mild.Factor(h), Is.EqualTo(ScaleFreeLevels<Yukawa>.HalfWidth / h));
        Assert.That(mild.Factor(1), Is.Null.Or.EqualTo(ScaleFreeLevels<Yukawa>.HalfWidth));
        Assert.That(steep.Factor(Math.ScaleB(1, -21)), Is.Null, "what is off by a millionth is not what the order is off by");
        Assert.That(new ScaleFreeLevels<Softened>(new Softened(0.1), 6, Precision.Double).Factor(1), Is.Null);
        Assert.That(new ScaleFreeLevels<Pull>(default, 6, Precision.Double).Factor(0.5), Is.EqualTo(4 * Math.Pow(ScaleFreeLevels<Pull>.HalfWidth, 2)));
    }

    [Test]
    public void Boxes_whose_far_field_sinks_below_the_smallest_number_have_matrices_of_zeros_and_are_not_worked_on()
    {
        ExpansionSizes sizes = ExpansionSizes.Of(new Yukawa(1), 6, SurfaceRatios.Standard, TransferStrategy.Fft);
        ILinearAlgebra algebra = LinearAlgebra.Create();
        foreach ((double k, Precision precision, bool nothing) in ((double, Precision, bool)[])[(300, Precision.Double, false), (400, Precision.Double, true), (30, Precision.Single, false), (60, Precision.Single, true)])
        {
            using PlainMatrices matrices = new OperatorBuilder<Yukawa>(new Yukawa(k), sizes, algebra, precision).Build(1, Jobs.Serial);
            Assert.That(matrices.ByName.Values.Where(matrix => matrix.Rows > 1 && matrix.Columns > 3).All(matrix => matrix.Elements.ContainsAnyExcept(0.0)), Is.EqualTo(!nothing), $"{k} {precision}");
            Assert.That(matrices.Integers(LevelMatrices.Ranks)[0] == 0, Is.EqualTo(nothing));
            using LevelOperators<double> operators = LevelOperators<double>.Create(new Ledger());
            Assert.DoesNotThrow(() => operators.Pack(matrices, sizes, 8, Jobs.Serial));
        }
    }
}
