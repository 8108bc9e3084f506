using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Threads of your own, and two worlds at once: two clouds far from each other, each in a world of its own that a thread of the host updates, with a team that the host lends
/// (<see cref="IThreadDispatcher"/>). Worlds share nothing, and the potential q / (4 pi r) comes out to the bit as one thread computes it alone: sums are taken in an order that no
/// thread has a say in.
/// </summary>
public sealed class OwnThreads : StillScene
{
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Charge, Potential>();

    /// <inheritdoc/>
    public override string Name => "own-threads";

    /// <inheritdoc/>
    public override string Description => "two worlds at once on threads of the host: the bits of one thread (20000 charges each)";

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        int count = request.Count ?? 20_000;
        FmmOptions options = Options(request, default(Laplace), 4 * count);
        // One thread alone, one world after the other.
        double[][] expected = [.. Enumerable.Range(0, 2).Select(world => Field(request, options, world, count, null))];

        // A thread of its own for each world, which lends a team to it.
        Task<double[]>[] hosts = [.. Enumerable.Range(0, 2).Select(world => Task.Factory.StartNew(
            () =>
            {
                using Team team = new(Math.Max(2, options.Threads));
                return Field(request, options, world, count, team);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(hosts).GetAwaiter().GetResult();
        return new SceneResult(
            [("charges", count), ("worlds", 2), ("threads", options.Threads)],
            [.. hosts.Select((host, world) => new SceneCheck($"potentials of world {world + 1} that differ", Differing(host.Result, expected[world]), 0, 0, "one thread alone"))]);
    }

    private static double[] Field(SceneRequest request, FmmOptions options, int number, int count, IThreadDispatcher? threads)
    {
        using World world = World.Create();
        double[] charges = PointClouds.Charges(count, request.Seed + number);
        Position[] points = PointClouds.Draw(default(Plummer), count, request.Seed + number);
        for (int i = 0; i < count; i++) world.Create(points[i], new Charge(charges[i]), new Potential());
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), options, FmmEntities.Of(_bodies));
        method.Schedule.Update(default, threads, request.Cancellation);
        return method.Fields.Potentials.Span.ToArray();
    }

    private static int Differing(double[] field, double[] other) => field.Zip(other).Count(pair => BitConverter.DoubleToInt64Bits(pair.First) != BitConverter.DoubleToInt64Bits(pair.Second));

    /// <summary>The host's team: threads that wait at a barrier for the next dispatch. The caller is the first of them.</summary>
    private sealed class Team : IThreadDispatcher, IDisposable
    {
        private readonly Barrier _barrier;
        private readonly Thread[] _members;
        private IWorker? _worker;

        public Team(int threads)
        {
            ThreadCount = threads;
            _barrier = new Barrier(threads);
            _members = [.. Enumerable.Range(1, threads - 1).Select(number => new Thread(() => Loop(number)))];
            foreach (Thread member in _members) member.Start();
        }

        public int ThreadCount { get; }

        public void Dispatch(IWorker worker)
        {
            _worker = worker;
            _barrier.SignalAndWait();
            worker.Run(0);
            _barrier.SignalAndWait();
        }

        public void Dispose()
        {
            _worker = null;
            _barrier.SignalAndWait();
            foreach (Thread member in _members) member.Join();
            _barrier.Dispose();
        }

        private void Loop(int number)
        {
            while (true)
            {
                _barrier.SignalAndWait();
                if (_worker is not { } worker) return;
                worker.Run(number);
                _barrier.SignalAndWait();
            }
        }
    }
}
