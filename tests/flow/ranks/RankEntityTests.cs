using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Entities of each rank's world are the points: they stay where they are, and their field comes back to them.</summary>
internal sealed class RankEntityTests
{
    [Test]
    public void Each_ranks_entities_get_their_field_and_may_move()
    {
        Scene scene = Scene.Of("cube", 900);
        Position[] moved = [.. scene.Sources.Select(p => new Position(p.Y, 0.5 * p.Z, p.X))];
        FmmOptions options = new() { Order = 5, LeafCapacity = 30, Threads = 1 };
        double[] first = scene.Solve(default(Laplace), options).Potentials, second = new Scene(moved, scene.Charges).Solve(default(Laplace), options).Potentials;
        double[] found = new double[900], after = new double[900], third = new double[900];
        ThreadRanks.Run(3, ranks =>
        {
            Range own = RankScene.Of(900, ranks);
            using World world = World.Create();
            Entity[] bodies = [.. Enumerable.Range(own.Start.Value, own.End.Value - own.Start.Value).Select(i => world.Create(scene.Sources[i], new Charge { Value = scene.Charges[i] }, default(Potential)))];
            using FmmMethod method = FmmSchedule.Create(world, default(Laplace), options, ranks, FmmEntities.Of(new QueryDescription().WithAll<Position, Charge, Potential>()));
            method.Schedule.Update(default);
            for (int i = 0; i < bodies.Length; i++) found[own.Start.Value + i] = world.Get<Potential>(bodies[i]).Value;
            for (int i = 0; i < bodies.Length; i++) world.Set(bodies[i], moved[own.Start.Value + i]);
            method.Schedule.Update(default);
            for (int i = 0; i < bodies.Length; i++) after[own.Start.Value + i] = world.Get<Potential>(bodies[i]).Value;
            // One body of one rank moves: all ranks build the tree anew.
            if (ranks.Rank == 1) world.Set(bodies[0], new Position(0.1, 0.2, 0.3));
            method.Schedule.Update(default);
            for (int i = 0; i < bodies.Length; i++) third[own.Start.Value + i] = world.Get<Potential>(bodies[i]).Value;
        });
        Assert.That(RankScene.Difference(found, first), Is.LessThan(2e-14));
        Assert.That(RankScene.Difference(after, second), Is.LessThan(2e-14));
        moved[300] = new Position(0.1, 0.2, 0.3);
        Assert.That(RankScene.Difference(third, new Scene(moved, scene.Charges).Solve(default(Laplace), options).Potentials), Is.LessThan(2e-14));
    }
}
