using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The same bits for any number of threads.</summary>
[Category("Guarded")]
internal sealed class ParallelResultTests
{
    private static readonly Signature _signature =
        Signature.Of(ComponentType.Of<Alpha>(), ComponentType.Of<Beta>(), ComponentType.Of<Gamma>(), ComponentType.Of<Delta>());

    [Test]
    public void ResultsAreTheSameBitsForAnyNumberOfThreads()
    {
        ulong one = Run(1);
        foreach (int threads in (int[])[1, 2, 3, 8])
            for (int repeat = 0; repeat < 5; repeat++) Assert.That(Run(threads), Is.EqualTo(one), $"{threads} threads");
    }

    private static ulong Run(int threads)
    {
        using World world = World.Create();
        using var dispatcher = new ThreadDispatcher(threads);
        using var schedule = new Schedule<int>("Test");
        Archetype rows = world.Rows(_signature);
        rows.SetCount(20_000);
        SystemHandle<int> seed = schedule.Add(new Sweep(world, "Seed", rows, new Access().Write<Alpha>(), (row, chunk) =>
            chunk.Write<Alpha>()[row].Value = Math.Sin(row)));
        SystemHandle<int> left = schedule.Add(new Sweep(world, "Left", rows, new Access().Gather<Alpha>().Write<Beta>(), (row, chunk) =>
        {
            double sum = 0;
            for (int i = Math.Max(0, row - 50); i < row; i++) sum += chunk.Read<Alpha>()[i].Value / (row - i);
            chunk.Write<Beta>()[row].Value = sum;
        })).After(seed);
        SystemHandle<int> right = schedule.Add(new Sweep(world, "Right", rows, new Access().Gather<Alpha>().Write<Gamma>(), (row, chunk) =>
            chunk.Write<Gamma>()[row].Value = Math.Sqrt(Math.Abs(chunk.Read<Alpha>()[^(row + 1)].Value)))).After(seed);
        schedule.Add(new Sweep(world, "Sum", rows, new Access().Read<Beta>().Read<Gamma>().Write<Delta>(), (row, chunk) =>
            chunk.Write<Delta>()[row].Value = (int)(1e6 * (chunk.Read<Beta>()[row].Value + chunk.Read<Gamma>()[row].Value)))).After(left).After(right);
        schedule.Update(0, dispatcher);
        return Snapshot.Hash(world);
    }

    private sealed class Sweep(World world, string name, Archetype rows, Access access, Action<int, Chunk> each) : BaseSystem<World, int>(world), IJob
    {
        private readonly int[] _starts = new int[20_001];

        public override string Name => name;

        public override Access Access => access;

        public override void Update(in int state)
        {
            long[] cost = [.. Enumerable.Range(0, rows.Count).Select(row => (long)Math.Min(row, 50))];
            Jobs.For(Partition.Cut(cost, 1000, _starts), this);
        }

        public void Execute(int unit, int worker)
        {
            for (int row = _starts[unit]; row < _starts[unit + 1]; row++) each(row, rows.Chunk);
        }
    }
}
