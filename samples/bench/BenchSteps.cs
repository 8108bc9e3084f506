using System.Diagnostics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Steps of moving points: two clusters that fall into each other, single precision, order 4, gradients, a leapfrog in the same schedule. A run whose
/// tree follows the points, and whose rows were put into its order (<see cref="FmmMethod.SortEntities"/>), goes in turn with one that builds each tree anew.
/// </summary>
internal sealed class BenchSteps(TextWriter output, int threads, CancellationToken cancellation)
{
    private const double Step = 0.005;
    private const int First = 20, Warming = 40, Counted = 60;

    // The step after which the rows of the run that follows are put into the order of its tree, once.
    private const int Sorting = 2;

    // Of more points fewer steps tell as much.
    private const int Many = 500_000;
    private const double MostShare = 0.15;
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient>();

    private static (int Count, double Milliseconds)[] Targets { get; } = [(1000, 0.5), (20_000, double.PositiveInfinity), (100_000, 25), (1_000_000, 250)];

    /// <summary>Refuses more points than there is memory for.</summary>
    /// <exception cref="InputException">They would not fit.</exception>
    public static void CheckMemory(MemoryGuard guard, int count, int threads) =>
        guard.Check($"--steps with {count} points", MemoryEstimate.Of(new Laplace(), Options(threads, follows: true), 2L * count), 400.0 * count, count);

    /// <summary>Measures.</summary>
    /// <param name="count">Points; null for those of the targets.</param>
    public void Run(int? count)
    {
        output.WriteLine();
        output.WriteLine("moving points              first   mean of 20   warm, median      least   tree's share   paths");
        foreach ((int points, double milliseconds) in Targets)
            if (count is null) Measure(points, milliseconds);
        if (count is not int own) return;
        (int Count, double Milliseconds) target = Targets.FirstOrDefault(one => one.Count == own);
        Measure(own, target.Count == own ? target.Milliseconds : double.PositiveInfinity);
    }

    private static FmmOptions Options(int threads, bool follows) =>
        new() { Order = 4, Precision = Precision.Single, Gradient = true, Threads = threads, FollowPoints = follows };

    private void Measure(int count, double milliseconds)
    {
        using Loop follows = new(count, threads, follows: true), never = new(count, threads, follows: false);
        int part = count < Many ? 1 : 4;
        foreach (Loop one in (Loop[])[follows, never]) one.Begin(First / part, cancellation);
        for (int i = 0; i < (Warming + Counted) / part; i++)
            foreach (Loop one in (Loop[])[follows, never]) one.Run(i >= Warming / part, cancellation);
        bool met = follows.Median * 1e3 <= milliseconds;
        Tell(count, "follows", follows, double.IsFinite(milliseconds) ? $" ({(met ? "met" : "MISSED")}: {milliseconds:0.#} ms)" : "");
        Tell(count, "never", never, $" ({follows.Median / never.Median:0.00} of it)");
        output.WriteLine($"  tree's share {follows.Share:p1}: {(follows.Share <= MostShare ? "met" : "MISSED")}, at most {MostShare:p0}");
        output.Flush();
    }

    private void Tell(int count, string name, Loop loop, string verdict)
    {
        output.WriteLine(
            $"  {count,-10}{name,-9}{loop.FirstSeconds * 1e3,11:0.00}{loop.Mean * 1e3,13:0.00}{loop.Median * 1e3,15:0.00}{loop.Least * 1e3,11:0.00}{loop.Share,15:p1}"
            + $"   {loop.Method.Tree.Use}{verdict}");
    }

    private sealed class Loop : IDisposable
    {
        private readonly World _world = World.Create();
        private readonly ThreadDispatcher _threads;
        private readonly Schedule<FmmStep> _schedule = new("steps");
        private readonly List<double> _seconds = [], _shares = [];

        public Loop(int count, int threads, bool follows)
        {
            _threads = new ThreadDispatcher(threads);
            foreach ((Position at, Position v) in CollidingClusters.Draw(count, 1))
            {
                Entity body = _world.Create(_bodies.All);
                _world.Set(body, at);
                _world.Set(body, new Velocity(v.X, v.Y, v.Z));
                _world.Set(body, new Mass(1.0 / count));
            }
            _world.SetResource(new SimulationClock(Step));
            Method = FmmSchedule.Create(_world, new Laplace(), Options(threads, follows), FmmEntities.Of(_bodies).Charges<Mass>(), _schedule);
            Leapfrog.Add(_schedule, _world, MovingBodies.Of(_bodies), 4 * Math.PI);
        }

        public FmmMethod Method { get; }

        /// <summary>Seconds of the first step, operators included.</summary>
        public double FirstSeconds { get; private set; }

        /// <summary>Mean seconds of the first steps.</summary>
        public double Mean { get; private set; }

        /// <summary>Median seconds of the steps that were counted.</summary>
        public double Median => Middle(_seconds);

        /// <summary>The least of them.</summary>
        public double Least => _seconds.Min();

        /// <summary>Median share of order, nodes, lists and plan: the wall time before the near field or P2M begins.</summary>
        public double Share => Middle(_shares);

        public void Begin(int steps, CancellationToken cancellation)
        {
            double sum = 0;
            for (int i = 0; i < steps; i++)
            {
                double seconds = Update(cancellation);
                if (i == 0) FirstSeconds = seconds;
                sum += seconds;
                if (i == Sorting && Method.Options.FollowPoints) Method.SortEntities();
            }
            Mean = sum / steps;
        }

        public void Run(bool counts, CancellationToken cancellation)
        {
            double seconds = Update(cancellation);
            if (!counts) return;
            SystemTimes times = _schedule.Times;
            double begin = times[nameof(FollowPoints)].StartSeconds, end = Math.Min(times[nameof(P2P)].StartSeconds, times[nameof(P2M)].StartSeconds);
            _seconds.Add(seconds);
            _shares.Add((end - begin) / times.Seconds);
        }

        public void Dispose()
        {
            Method.Dispose();
            _threads.Dispose();
            _world.Dispose();
        }

        private double Update(CancellationToken cancellation)
        {
            long start = Stopwatch.GetTimestamp();
            _schedule.Update(default, _threads, cancellation);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        private static double Middle(List<double> values)
        {
            double[] sorted = [.. values.Order()];
            return sorted[sorted.Length / 2];
        }
    }
}
