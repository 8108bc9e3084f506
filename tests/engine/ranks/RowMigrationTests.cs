using Fmm.Components;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Entities that go to other ranks.</summary>
internal sealed class RowMigrationTests
{
    private static readonly Signature _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().All;

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(7)]
    public void Each_stands_where_it_was_sent_with_all_its_components(int count)
    {
        List<string>[] found = new List<string>[count];
        ThreadRanks.Run(count, ranks =>
        {
            using World world = Filled(ranks.Rank, 20 + ranks.Rank);
            int[] owners = [.. Enumerable.Range(0, 20 + ranks.Rank).Select(i => Owner(ranks.Rank, i, count))];
            (int left, int came) = RowMigration.Move(world, _bodies, owners, ranks);
            Assert.That(left, Is.EqualTo(owners.Count(owner => owner != ranks.Rank)));
            found[ranks.Rank] = Bodies(world);
            Assert.That(found[ranks.Rank], Has.Count.EqualTo(owners.Length - left + came));
        });
        for (int rank = 0; rank < count; rank++)
        {
            // First those that stay, then those that come, rank by rank.
            IEnumerable<int> origins = Enumerable.Range(0, count).OrderBy(origin => origin == rank ? -1 : origin);
            IEnumerable<string> expected = origins.SelectMany(origin => Enumerable.Range(0, 20 + origin).Where(i => Owner(origin, i, count) == rank).Select(i => Body(origin, i)));
            Assert.That(found[rank], Is.EqualTo(expected), $"rank {rank}");
        }
    }

    [Test]
    public void A_rank_may_lose_all_and_get_them_back()
    {
        int[] counts = new int[3];
        ThreadRanks.Run(3, ranks =>
        {
            using World world = Filled(ranks.Rank, 10);
            RowMigration.Move(world, _bodies, Enumerable.Repeat(1, 10).ToArray(), ranks);
            int here = Bodies(world).Count;
            Assert.That(here, Is.EqualTo(ranks.Rank == 1 ? 30 : 0));
            RowMigration.Move(world, _bodies, [.. Enumerable.Range(0, here).Select(i => i % 3)], ranks);
            counts[ranks.Rank] = Bodies(world).Count;
        });
        Assert.That(counts, Is.All.EqualTo(10));
    }

    [Test]
    public void Owners_that_are_no_ranks_or_too_few_are_refused()
    {
        using World world = Filled(0, 2);
        using OneRank one = new();
        Assert.That(() => RowMigration.Move(world, _bodies, [0, 1], one), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("There are 1 ranks, from 0."));
        Assert.That(() => RowMigration.Move(world, _bodies, [0], one), Throws.ArgumentException.With.Message.Contains("1 owners for 2 rows"));
        Assert.That(Bodies(world), Is.EqualTo(new[] { Body(0, 0), Body(0, 1) }));
    }

    private static int Owner(int rank, int i, int count) => ((i * i) + rank) % count;

    private static string Body(int rank, int i) => $"{rank + 0.5} {i} {(100 * rank) + i}";

    private static World Filled(int rank, int count)
    {
        var world = World.Create();
        for (int i = 0; i < count; i++)
        {
            Entity body = world.Create(_bodies);
            world.Set(body, new Position(rank + 0.5, 0, 0));
            world.Set(body, new Velocity(0, i, 0));
            world.Set(body, new Mass((100 * rank) + i));
        }

        return world;
    }

    private static List<string> Bodies(World world)
    {
        List<string> all = [];
        foreach (ref Chunk chunk in world.Query(new QueryDescription(_bodies)))
            for (int row = 0; row < chunk.Count; row++) all.Add($"{chunk.Read<Position>()[row].X} {chunk.Read<Velocity>()[row].Y} {chunk.Read<Mass>()[row].Value}");
        return all;
    }
}
