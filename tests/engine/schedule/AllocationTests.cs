using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A warm update allocates nothing, on any thread.</summary>
[NonParallelizable]
internal sealed class AllocationTests
{
    [Test]
    public void WarmUpdateAllocatesNothing([Values(1, 2, 3)] int threads)
    {
        Assert.That(Allocated(threads, allocate: false), Is.Zero);
    }

    [Test]
    public void TheCheckSeesAllocationInUnitsOfAnyWorker([Values(1, 2, 3)] int threads)
    {
        Assert.That(Allocated(threads, allocate: true), Is.GreaterThanOrEqualTo(Pass.Steps * 1000 * 24));
    }

    private static long Allocated(int threads, bool allocate)
    {
        using World world = World.Create();
        using var dispatcher = new ThreadDispatcher(threads);
        using var schedule = new Schedule<int>("Test");
        SystemHandle<int> rows = schedule.Add(new Pass(world, "Rows", new Access().Create<Alpha>().ReadResource<Pass>(), allocate));
        schedule.Add(new Pass(world, "Beta", new Access().Read<Alpha>(), allocate)).After(rows);
        schedule.Add(new Pass(world, "Gamma", new Access().Read<Alpha>(), allocate)).After(rows);
        schedule.Initialize();
        long least = long.MaxValue;
        // The least of a few measurements: the test host's own threads allocate too, now and then.
        for (int attempt = 0; attempt < 8 && least != 0; attempt++)
        {
            for (int i = 0; i < 3; i++) schedule.Update(i, dispatcher);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Pass.Steps; i++) schedule.Update(i, dispatcher);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }

    private sealed class Pass(World world, string name, Access access, bool allocate) : BaseSystem<World, int>(world), IJob
    {
        internal const int Steps = 5;
        private static readonly QueryDescription _rows = new QueryDescription().WithAll<Alpha>();
        private static readonly Signature _signature = Signature.Of(ComponentType.Of<Alpha>());
        private object? _last;

        public override string Name => name;

        public override Access Access => access;

        public override void Update(in int state)
        {
            if (name == "Rows") World.Rows(_signature).SetCount(900 + (state * 10));
            double sum = 0;
            foreach (ref Chunk chunk in World.Query(in _rows))
            {
                foreach (Alpha alpha in chunk.Read<Alpha>()) sum += alpha.Value;
            }
            Counters.Add((long)sum);
            Jobs.For(1000, this);
            Jobs.For(3, this);
        }

        public void Execute(int unit, int worker)
        {
            if (allocate) _last = new object();
            Counters.Add(1, 2, 3);
            Thread.SpinWait(20);
        }

        public override string ToString() => $"{_last}";
    }
}
