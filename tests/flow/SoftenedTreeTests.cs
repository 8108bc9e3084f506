using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Softened bodies in schedules that a host puts together: no box is narrower than the softening length, whoever chooses the leaves.</summary>
public sealed class SoftenedTreeTests
{
    private const double Length = 0.2;
    private static readonly SoftenedGravity _kernel = new(Length);

    [Test]
    public void Without_a_choice_of_leaves_the_field_is_that_of_the_direct_sum([Values] Precision precision) => Compare(
        new FmmOptions { Order = 8, LeafCapacity = 10, Precision = precision }, precision == Precision.Single ? 1e-5 : 1e-7);

    [Test]
    public void A_uniform_depth_goes_no_deeper_either() => Compare(new FmmOptions { Order = 8, UniformDepth = 5 }, 1e-7);

    private static void Compare(FmmOptions options, double bound)
    {
        Scene scene = Scene.Of("cube", 2000);
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, _kernel, options);
        method.Schedule.Remove<ChooseLeaf>();
        method.Tree.Input.Set(scene.Sources);
        method.Charges.Values.Resize(scene.Charges.Length);
        scene.Charges.CopyTo(method.Charges.Values.Span);
        method.Schedule.Update(FmmStep.Everything);
        TreeShape shape = method.Tree.Shape;
        Assert.That(shape.Depth, Is.EqualTo(2), "level 3 would be narrower");
        Assert.That(2 * shape.HalfWidth / (1 << shape.Depth), Is.GreaterThanOrEqualTo(Length));
        Assert.That(scene.Error(_kernel, (method.Fields.Potentials.Span.ToArray(), [])).Potential, Is.LessThan(bound));
    }
}
