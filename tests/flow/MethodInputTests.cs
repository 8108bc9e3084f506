using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What the schedule refuses of a host that fills points and charges itself: the same as the solver.</summary>
public sealed class MethodInputTests
{
    private static readonly Position[] _points = Scene.Points("cube", 20_000, 1);
    private World _world = null!;
    private FmmMethod _method = null!;

    [SetUp]
    public void Create()
    {
        _world = World.Create();
        _method = FmmSchedule.Create(_world, default(Laplace), new FmmOptions { Order = 2, Gradient = true, Threads = 1 });
        Fill(_points, 20_000);
    }

    [TearDown]
    public void Dispose()
    {
        _method.Dispose();
        _world.Dispose();
    }

    [Test]
    public void A_number_of_charges_that_does_not_fit_is_refused([Values(0, 10, 19_999, 20_001)] int charges)
    {
        _method.Charges.Values.Resize(charges);
        Assert.That(() => Update(true), Refused($"FmmMethod.Charges has {charges} numbers, but the points ask for 20000"));
    }

    [Test]
    public void A_vector_kernel_needs_three_numbers_a_source()
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, new Stokes(1), new FmmOptions { Order = 2 });
        method.Tree.Input.Set(_points);
        method.Charges.Values.Resize(20_000);
        Assert.That(() => method.Schedule.Update(FmmStep.Everything), Refused("but the points ask for 60000: 3 for each of 20000"));
    }

    [Test]
    public void A_charge_that_is_no_number_is_refused_by_its_index(
        [Values(double.NaN, double.PositiveInfinity, double.NegativeInfinity)] double bad, [Values(0, 1, 12_345, 19_999)] int index)
    {
        _method.Charges.Values[index] = bad;
        Assert.That(() => Update(true), Refused($"Charge {index} is {bad}: charges must be finite"));
    }

    [Test]
    public void A_coordinate_that_is_no_number_is_refused_by_its_index(
        [Values(double.NaN, double.PositiveInfinity)] double bad, [Values(0, 7, 19_999)] int index, [Values(0, 1, 2)] int axis)
    {
        Position point = new(axis == 0 ? bad : 0.5, axis == 1 ? bad : 0.5, axis == 2 ? bad : 0.5);
        _method.Tree.Input.Sources[index] = point;
        Assert.That(() => Update(true), Refused($"Point {index} is {point}: coordinates must be finite").With.Message.Contains("Sources"));
        Fill(_points, 20_000, _points);
        _method.Tree.Input.Targets[index] = point;
        Assert.That(() => Update(true), Refused($"Point {index} is {point}: coordinates must be finite").With.Message.Contains("Targets"));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public void Without_sources_or_targets_the_update_says_what_to_do(bool noSources, bool noTargets)
    {
        Fill(noSources ? [] : _points, noSources ? 0 : 20_000, noTargets ? [] : _points);
        Assert.That(() => Update(true), Throws.InvalidOperationException.With.Message.Contains("Tree.Input.Set"));
    }

    [Test]
    public void The_first_step_must_bring_points() => Assert.That(
        () => Update(false), Throws.InvalidOperationException.With.Message.Contains("update with FmmStep.Everything"));

    [Test]
    public void Points_that_changed_although_the_step_says_not_are_refused([Values(100, 19_999, 20_000, 20_001, 60_000)] int count, [Values] bool apart)
    {
        Update(true);
        Fill(Scene.Points("plummer", count, 2), count, apart ? _points : null);
        Assert.That(() => Update(false), Throws.InvalidOperationException.With.Message.Contains("update with FmmStep.Everything"));
        Update(true);
        Assert.That(_method.Fields.Potentials.Length, Is.EqualTo(apart ? 20_000 : count));
    }

    [Test]
    public void A_single_moved_point_is_seen()
    {
        Update(true);
        _method.Tree.Input.Sources[19_999].Z += 1e-15;
        Assert.That(() => Update(false), Throws.InvalidOperationException);
    }

    [Test]
    public void What_was_refused_does_not_spoil_the_tree_of_the_points_before()
    {
        Update(true);
        double[] expected = _method.Fields.Potentials.Span.ToArray();
        Fill([new Position(double.NaN, 1, 1), new Position(1e9, 0, 0)], 2);
        Assert.That(() => Update(true), Throws.ArgumentException);
        Assert.That(_method.Fields.Potentials.Span.ToArray(), Is.EqualTo(expected));
        Fill(_points, 20_000);
        Assert.That(() => Update(false), Throws.InvalidOperationException, "the domain is another's");
        Update(true);
        Assert.That(_method.Fields.Potentials.Span.ToArray(), Is.EqualTo(expected));
        Update(false);
        Assert.That(_method.Fields.Potentials.Span.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void Outputs_that_the_host_resized_are_made_anew()
    {
        Update(true);
        _method.Fields.Potentials.Resize(3);
        _method.Fields.Gradients.Resize(1_000_000);
        Assert.That(() => _method.Verify(3, Jobs.Serial), Throws.InvalidOperationException);
        Update(false);
        Assert.That((_method.Fields.Potentials.Length, _method.Fields.Gradients.Length), Is.EqualTo((20_000, 60_000)));
    }

    [Test]
    public void More_numbers_than_a_buffer_counts_are_refused() => Assert.That(
        () => InputRules.Room(800_000_000, 3), Refused("800000000 targets of 3 numbers each are more than 2147483647"));

    [Test]
    public unsafe void The_checksum_tells_every_change_and_no_thread_count([Values(1, 3, 8, 70_000, 200_001)] int count)
    {
        double[] numbers = [.. Scene.Of("cube", count).Charges];
        using NumberSums sums = new(new Ledger(), "sums");
        fixed (double* first = numbers)
        {
            NumberSums.Result before = sums.Of(first, count, Jobs.Serial);
            Assert.That(before.Largest, Is.EqualTo(numbers.Max(Math.Abs)));
            foreach (int at in new[] { 0, count / 2, count - 1 })
            {
                numbers[at] = -numbers[at];
                Assert.That(sums.Of(first, count, Jobs.Serial).Sum, Is.Not.EqualTo(before.Sum));
                numbers[at] = -numbers[at];
            }
            Assert.That(sums.Of(first, count - 1, Jobs.Serial).Sum, Is.Not.EqualTo(before.Sum));
            Assert.That(sums.Of(first, count, Jobs.Serial), Is.EqualTo(before));
        }
    }

    private void Fill(Position[] points, int charges, Position[]? targets = null)
    {
        if (targets is null) _method.Tree.Input.Set(points);
        else _method.Tree.Input.Set(points, targets);
        _method.Charges.Values.Resize(charges);
        _method.Charges.Values.Span.Fill(1);
    }

    private void Update(bool pointsChanged) => _method.Schedule.Update(pointsChanged ? FmmStep.Everything : FmmStep.Charges);

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(string message) =>
        Throws.InstanceOf<ArgumentException>().With.Message.Contains(message);
}
