using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A schedule without one of the operators: the field of the others, in the first step and in every later one.</summary>
[TestFixture(Precision.Double)]
[TestFixture(Precision.Single)]
internal sealed class LeftOutTests(Precision precision)
{
    private readonly Scene _scene = Scene.Of("squares", 1500);

    [Test]
    public void Near_and_far_field_are_got_apart_and_add_up_to_the_whole()
    {
        double[] whole = Field(_ => { }), far = Field(schedule => schedule.Remove<P2P>()), near = Field(schedule => schedule.Remove<L2P>().Remove<M2P>());
        double[] sum = [.. far.Zip(near, (a, b) => a + b)];
        Assert.That(sum, Is.EqualTo(whole).Within((precision == Precision.Single ? 1e-5 : 1e-12) * whole.Max(Math.Abs)));
        Assert.That(far.Max(Math.Abs), Is.Positive);
        Assert.That(near.Max(Math.Abs), Is.Positive);
    }

    [TestCase(typeof(P2M))]
    [TestCase(typeof(M2M))]
    [TestCase(typeof(M2L))]
    [TestCase(typeof(P2L))]
    [TestCase(typeof(L2L))]
    [TestCase(typeof(L2P))]
    [TestCase(typeof(M2P))]
    [TestCase(typeof(P2P))]
    [TestCase(typeof(ActOnOutliers))]
    public void Without_an_operator_later_steps_give_the_field_of_the_first(Type left) =>
        Field(schedule => schedule.Remove(schedule.Systems.Single(left.IsInstanceOfType)));

    // Three updates, with a stranger's field in between whose numbers must be gone: of new points, of these, of these again with their tree.
    private double[] Field(Action<Schedule<FmmStep>> change)
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), new FmmOptions { Order = 3, LeafCapacity = 30, Gradient = true, Precision = precision });
        change(method.Schedule);
        double[] first = Update(FmmStep.Everything, 1, 0);
        double[] other = Update(FmmStep.Everything, 1000, 1e6);
        Assert.That(other, Is.Not.EqualTo(first));
        Assert.That(Update(FmmStep.Everything, 1, 0), Is.EqualTo(first));
        Assert.That(Update(FmmStep.Charges, 1, 0), Is.EqualTo(first));
        return first;

        double[] Update(FmmStep step, double charge, double far)
        {
            Position[] points = [.. _scene.Sources];
            if (far != 0) points[7] = new Position(far, 0, 0); // an outlier
            method.Tree.Input.Set(points);
            method.Charges.Values.Resize(points.Length);
            for (int i = 0; i < points.Length; i++) method.Charges.Values[i] = charge * _scene.Charges[i];
            method.Schedule.Update(step);
            return [.. method.Fields.Potentials.Span.ToArray(), .. method.Fields.Gradients.Span.ToArray()];
        }
    }
}
