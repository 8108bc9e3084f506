using System.Diagnostics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// Two ranks of one thread each, on two cores, beside one rank with one thread: the same step in turn, the shortest of each, with other charges on the same points, with
/// new points, and with moved points that live with the ranks that own them; then the memory of each.
/// </summary>
/// <param name="output">Where it is told.</param>
/// <param name="count">Points.</param>
internal sealed class RankSpeed(TextWriter output, int count)
{
    private const int Ranks = 2;
    private const int Turns = 7;
    private const double LeastSpeed = 1.8, MostMemory = (1.0 / Ranks) + 0.25;
    private static readonly FmmOptions _options = new() { Order = 6, Threads = 1, Calibration = new Calibration(1, 1) };
    private readonly Position[][] _clouds = [PointClouds.Draw(default(UnitCube), count, 1), PointClouds.Draw(default(UnitCube), count, 2)];
    private readonly double[] _charges = PointClouds.Charges(count, 1), _potentials = new double[count];
    private readonly Position[][] _owned = new Position[Ranks][];
    private bool _met = true;

    public static bool Run(TextWriter output, Settings settings)
    {
        output.WriteLine($"# dotnet run -c Release --project perf -- ranks speed{settings.Arguments}");
        output.WriteLine($"# commit {MachineText.Commit()}");
        output.WriteLine($"# {MachineText.Machine(Environment.ProcessorCount)}");
        output.WriteLine($"# cube, Laplace's potential in double precision at order 6: the shortest of {Turns} steps in turn, in seconds; one thread a rank, {Ranks} ranks as threads of one process");
        output.WriteLine($"# median: of the quotients of a turn's two steps; bar: {LeastSpeed} times; cpu: {Ranks} times the processor time of one rank over that of both, which other processes leave nearly as it is");
        output.WriteLine($"{"points",8}  {"step",-35}{"one rank",9}{"two",8}{"times",7}{"median",8}{"cpu",8}");
        bool met = true;
        int[] counts = settings.Points is int points ? [points] : settings.Quick ? [100_000] : [1_000_000, 2_000_000];
        foreach (int each in counts) met &= new RankSpeed(output, each).Run();
        return met;
    }

    private bool Run()
    {
        ThreadRanks.Run(Ranks, Run, TimeSpan.FromMinutes(10));
        return _met;
    }

    private void Run(IRanks ranks)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
        using FmmSolver? alone = ranks.Rank == 0 ? FmmSolver.Create(default(Laplace), _options) : null;
        Range own = (int)((long)count * ranks.Rank / Ranks)..(int)((long)count * (ranks.Rank + 1) / Ranks);
        int cloud = 0;
        alone?.SetPoints(_clouds[0]);
        solver.SetPoints(_clouds[0].AsSpan(own));
        Compare(
            ranks, "other charges on the same points", () => alone!.Evaluate(_charges, _potentials),
            () => solver.Evaluate(_charges.AsSpan(own), _potentials.AsSpan(own)));
        Compare(
            ranks, "new points",
            () =>
            {
                alone!.SetPoints(_clouds[cloud]);
                alone.Evaluate(_charges, _potentials);
            },
            () =>
            {
                solver.SetPoints(_clouds[cloud].AsSpan(own));
                solver.Evaluate(_charges.AsSpan(own), _potentials.AsSpan(own));
                cloud = 1 - cloud;
            });
        Tell(ranks, solver, alone);
        Position[] all = [];
        Compare(
            ranks, "moved points that live with owners",
            () =>
            {
                alone!.SetPoints(all);
                alone.Evaluate(_charges, _potentials);
            },
            () =>
            {
                Position[] mine = _owned[ranks.Rank];
                solver.SetPoints(mine);
                solver.Evaluate(_charges.AsSpan(0, mine.Length), _potentials.AsSpan(ranks.Rank == 0 ? 0 : count - mine.Length, mine.Length));
            },
            turn =>
            {
                FmmMethod method = solver.Method;
                _owned[ranks.Rank] = method.Tree.Input.Sources.Span[..method.Link!.Sources.Own].ToArray();
                RankCase.Move(_owned[ranks.Rank], (Turns * ranks.Rank) + turn);
                ranks.Barrier();
                if (ranks.Rank == 0) all = [.. _owned.SelectMany(one => one)];
            });
    }

    // Rank 0 is the one that is alone; the other sleeps meanwhile. The first turn warms up.
    private void Compare(IRanks ranks, string step, Action one, Action two, Action<int>? before = null)
    {
        double[] alone = new double[Turns], together = new double[Turns], quotients = new double[Turns];
        double aloneOfCpu = double.MaxValue, togetherOfCpu = double.MaxValue;
        for (int turn = -1; turn < Turns; turn++)
        {
            before?.Invoke(turn + 2);
            ranks.Barrier();
            (double seconds, double cpu) = Time(ranks, ranks.Rank == 0 ? one : () => { });
            (double ofTwo, double cpuOfTwo) = Time(ranks, two);
            if (turn < 0) continue;
            (alone[turn], together[turn], quotients[turn]) = (seconds, ofTwo, seconds / ofTwo);
            (aloneOfCpu, togetherOfCpu) = (Math.Min(aloneOfCpu, cpu), Math.Min(togetherOfCpu, cpuOfTwo));
        }

        if (ranks.Rank != 0) return;
        Array.Sort(quotients);
        double speed = alone.Min() / together.Min();
        _met &= Math.Round(speed, 2) >= LeastSpeed;
        output.WriteLine($"{count,8}  {step,-35}{alone.Min(),9:0.000}{together.Min(),8:0.000}{speed,7:0.00}{quotients[Turns / 2],8:0.00}{Ranks * aloneOfCpu / togetherOfCpu,8:0.00}");
        output.Flush();
    }

    // Both ranks leave together; the process' own time is that of all its threads.
    private static (double Seconds, double Cpu) Time(IRanks ranks, Action step)
    {
        ranks.Barrier();
        long start = Stopwatch.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        step();
        ranks.Barrier();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private void Tell(IRanks ranks, FmmSolver solver, FmmSolver? alone)
    {
        IReadOnlyList<RankReport> reports = solver.GatherRanks();
        if (alone is null) return;
        double whole = alone.World.Ledger.PeakBytes, most = reports.Max(one => one.MemoryBytes);
        _met &= most <= MostMemory * whole;
        output.WriteLine(
            $"{count,8}  memory: {whole / 1e6:0} MB on one rank, {most / 1e6:0} MB on each of two: {most / whole:0.000} of it, bar {MostMemory}; leaves of {alone.Report.Leaf} and {solver.Report.Leaf} points");
    }
}
