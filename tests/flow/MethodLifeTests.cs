using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>One method a world at a time, and the next after its disposal.</summary>
public sealed class MethodLifeTests
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 15, Threads = 1, Gradient = true };
    private static readonly Scene _scene = Scene.Of("plummer", 2000);

    [Test]
    public void A_second_method_in_a_world_is_refused_and_the_first_goes_on([Values] bool updated, [Values] bool inTheSameSchedule)
    {
        using World world = World.Create();
        Schedule<FmmStep> schedule = new("host");
        using FmmMethod first = FmmSchedule.Create(world, default(Laplace), _options, schedule);
        if (updated) Solve(first);
        Assert.That(
            () => inTheSameSchedule ? FmmSchedule.Create(world, new Yukawa(1), _options, schedule) : FmmSchedule.Create(world, new Yukawa(1), _options),
            Throws.InvalidOperationException.With.Message.Contains("The world has a method already").And.Message.Contains("a world of its own"));
        Assert.That(Solve(first), Is.EqualTo(_scene.Solve(default(Laplace), _options).Potentials));
    }

    [Test]
    public void Parts_make_one_method_and_only_while_their_resources_are_the_worlds()
    {
        using World world = World.Create();
        FmmParts lost = FmmParts.Create(world, default(Laplace), _options), parts = FmmParts.Create(world, default(Laplace), _options);
        Assert.That(() => lost.Method(new("lost")), Throws.InvalidOperationException.With.Message.Contains("lost their resources"));
        FmmMethod method = parts.Method(new("first"));
        Assert.That(() => parts.Method(new("second")), Throws.InvalidOperationException.With.Message.Contains("The world has a method already"));
        method.Dispose();
        Assert.That(() => parts.Method(new("second")), Throws.InvalidOperationException.With.Message.Contains("served a method already"));
        using FmmMethod next = FmmSchedule.Create(world, default(Laplace), _options);
        Assert.That(Solve(next), Is.EqualTo(_scene.Solve(default(Laplace), _options).Potentials));
    }

    [Test]
    public void A_world_takes_another_method_when_the_first_is_disposed_of(
        [Values(2, 4, 6)] int order, [Values] Precision precision, [Values] bool gradient, [Values] bool targets)
    {
        using World world = World.Create();
        using (FmmMethod first = FmmSchedule.Create(world, default(Laplace), _options))
        {
            Solve(first);
        }
        FmmOptions options = new() { Order = order, LeafCapacity = 60, Threads = 1, Precision = precision, Gradient = gradient };
        Scene scene = targets ? Scene.Of("cube", "squares", 1000) : Scene.Of("cube", 1000);
        using FmmMethod second = FmmSchedule.Create(world, new Yukawa(1), options);
        Assert.That(Solve(second, scene), Is.EqualTo(scene.Solve(new Yukawa(1), options).Potentials));
        int nodes = 0, queried = 0;
        for (int level = 0; level <= second.Tree.Shape.Depth; level++) nodes += second.Tree.Shape.RowCount(level);
        foreach (ref Chunk chunk in world.Query(new QueryDescription().WithAll<NodeKey>())) queried += chunk.Count;
        Assert.That(queried, Is.EqualTo(nodes), "rows of the first method's nodes are gone");
    }

    [Test]
    public void Methods_one_after_the_other_keep_the_memory_of_one()
    {
        using World world = World.Create();
        long first = 0;
        for (int i = 0; i < 6; i++)
        {
            using FmmMethod method = FmmSchedule.Create(world, default(Laplace), _options);
            Solve(method);
            if (i == 1) first = world.Ledger.OutstandingBytes;
        }
        Assert.That(world.Ledger.OutstandingBytes, Is.LessThanOrEqualTo(first));
    }

    [Test]
    public void A_disposed_method_refuses_to_verify_and_may_be_disposed_of_again([Values] bool worldFirst)
    {
        World world = World.Create();
        FmmMethod method = FmmSchedule.Create(world, default(Laplace), _options);
        Solve(method);
        if (worldFirst) world.Dispose();
        method.Dispose();
        method.Dispose();
        Assert.That(() => method.Verify(3, Jobs.Serial), Throws.InstanceOf<ObjectDisposedException>());
        world.Dispose();
        Assert.That(world.Ledger.Outstanding, Is.Zero, world.Ledger.Report);
    }

    [Test]
    public void An_update_after_the_worlds_end_says_that_it_has_ended([Values] bool updated)
    {
        World world = World.Create();
        FmmMethod method = FmmSchedule.Create(world, default(Laplace), _options);
        if (updated) Solve(method);
        world.Dispose();
        Assert.That(() => method.Schedule.Update(FmmStep.Everything), Throws.InstanceOf<ObjectDisposedException>());
        method.Dispose();
    }

    [Test]
    public void Disposal_while_it_verifies_is_refused_and_so_is_a_second_verification()
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), _options);
        Scene scene = Scene.Of("cube", 30_000);
        Solve(method, scene);
        FieldError error = default;
        Thread thread = new(() => error = method.Verify(30_000, Jobs.Serial)); // Some tenths of a second.
        thread.Start();
        InvalidOperationException? second = null;
        while (thread.IsAlive && second is null) second = Refusal(() => method.Verify(1, Jobs.Serial));
        InvalidOperationException? disposal = Refusal(method.Dispose);
        thread.Join();
        Assert.That(second?.Message, Does.Contain("Verify was called while Verify runs"));
        Assert.That(disposal?.Message, Does.Contain("Dispose was called while Verify runs"));
        Assert.That(method.Verify(30_000, Jobs.Serial), Is.EqualTo(error));
    }

    private static double[] Solve(FmmMethod method, Scene? scene = null)
    {
        scene ??= _scene;
        if (scene.Targets is null) method.Tree.Input.Set(scene.Sources);
        else method.Tree.Input.Set(scene.Sources, scene.Targets);
        method.Charges.Values.Resize(scene.Charges.Length);
        scene.Charges.CopyTo(method.Charges.Values.Span);
        method.Schedule.Update(FmmStep.Everything);
        return method.Fields.Potentials.Span.ToArray();
    }

    private static InvalidOperationException? Refusal(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
