using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// What a step would take on many machines: the counts of <see cref="RankTable"/> carried on to more ranks and points, on a network that is stated, with the work of a point as it was
/// measured on one core. A calculation, no measurement.
/// </summary>
/// <remarks>What each call sends follows the code: <c>RankCalls</c>, <c>MpiCollectives</c>, <c>BorderSearch</c>, <c>WorkCurve</c>.</remarks>
internal static class RankModel
{
    // The network: seconds until a message is there, seconds to post one, bytes a second and rank.
    private const double Latency = 2e-6, Post = 5e-7, Bandwidth = 12.5e9;

    // perf/baselines/ranks-speed.txt, 1e6 points: a step of other charges on one core, and what new points add over two ranks and on one.
    private const double SecondsAPoint = 4.1e-7, TreeSecondsAPoint = 1e-7, TreeSecondsAlone = 4e-8;

    // perf/baselines/ranks.txt, cube, 32 ranks of 1e6 points: bytes of the surface over n^(2/3) log2 P, all and those of a step alone; points that a settled loop moves.
    private const double SurfaceRatio = 560, StepRatio = 390, Moved = 0.01;

    // Ranks that a rank has surface with, and messages to each in a step and with a new tree; exchanges of counts, and numbers that all get of each, with a new tree.
    private const int Near = 60, StepMessages = 5, TreeMessages = 4, Counts = 5, Gathers = 6;
    private const int Levels = 22;

    private static readonly (double Points, int Ranks, int Threads)[] _cases = [(6.4e7, 64, 1), (1e9, 1024, 1), (1e10, 8192, 1), (1e12, 131_072, 1), (1e12, 4096, 32)];

    public static void Run(TextWriter output)
    {
        output.WriteLine("# dotnet run -c Release --project perf -- ranks model");
        output.WriteLine($"# a calculation: {Latency * 1e6} us a message, {Post * 1e6} us to post one, {Bandwidth / 1e9} GB/s a rank; {SecondsAPoint * 1e6} us a point and core, and {TreeSecondsAPoint * 1e6:0.0} more with a new tree");
        output.WriteLine("# seconds. step: work and surface of other charges; first: what the first step of unsorted points adds; tree: what each new tree adds, of it collectives; at: the share of one core's speed that is left, without and with new points");
        output.WriteLine($"{"points",8}{"ranks",8}{"threads",8}{"n",10}{"work",8}{"surface MB",12}{"surface",9}{"sums",8}{"step at",9}{"first",8}{"tree",8}{"collective MB",15}{"messages",10}{"collectives",13}{"tree at",9}");
        foreach ((double points, int ranks, int threads) in _cases)
        {
            double n = points / ranks, side = Math.Pow(n, 2.0 / 3) * Math.Log2(ranks);
            double work = n * SecondsAPoint / threads, surface = (StepRatio * side / Bandwidth) + (Near * StepMessages * Post) + (21 * Latency);
            double sums = Reduce(ranks, 24).Seconds, step = work + surface + sums;
            (double bytes, double messages, double collectives) = Tree(ranks);
            double structure = ((SurfaceRatio - StepRatio) * side / Bandwidth) + (Near * TreeMessages * Post);
            double tree = (n * TreeSecondsAPoint / threads) + (Moved * n * 40 / Bandwidth) + structure + collectives;
            double first = (n * 40 / Bandwidth) + (3.0 * ranks * Post);
            output.WriteLine(
                $"{points,8:0.#e+0}{ranks,8}{threads,8}{n,10:0.0e+0}{work,8:0.00}{StepRatio * side / 1e6,12:0}{surface,9:0.000}{sums,8:0.000}{work / step,9:0 %}{first,8:0.000}{tree,8:0.000}"
                + $"{bytes / 1e6,15:0}{messages,10:0.0e+0}{collectives,13:0.000}{(work + (n * TreeSecondsAlone / threads)) / (step + tree),9:0 %}");
        }
    }

    // What finding the borders and agreeing on counts takes, all of which is the same on all ranks or goes to all.
    private static (double Bytes, double Messages, double Seconds) Tree(int ranks)
    {
        int samples = BorderSearch.SamplesOf(ranks), rungs = WorkCurve.RungsOf(ranks);
        (double Bytes, double Messages, double Seconds)[] calls =
        [
            Gather(ranks, 8.0 * samples), Gather(ranks, 16.0 * rungs), Gather(ranks, 24),
            // What all have in the nodes that borders cut, once to find their leaves and once for all to know; the points beside borders; how far the points reach.
            .. Enumerable.Repeat(Reduce(ranks, 3.0 * Levels * sizeof(long) * ranks), 2), .. Enumerable.Repeat(Reduce(ranks, 4.0 * Levels * sizeof(long) * ranks), 2),
            Reduce(ranks, 2.0 * sizeof(long) * ranks), Reduce(ranks, 24),
            .. Enumerable.Repeat(Exchange(ranks, sizeof(long)), Counts), .. Enumerable.Repeat(Gather(ranks, sizeof(long)), Gathers),
        ];
        return (calls.Sum(call => call.Bytes), calls.Sum(call => call.Messages), calls.Sum(call => call.Seconds));
    }

    // Small ones go in log2 P rounds, others straight from each rank to each.
    private static (double Bytes, double Messages, double Seconds) Gather(int ranks, double each)
    {
        double bytes = each * ranks, rounds = Math.Ceiling(Math.Log2(ranks)), messages = bytes <= 1 << 20 ? rounds : ranks;
        return (bytes, messages, (bytes / Bandwidth) + (messages * Post) + ((bytes <= 1 << 20 ? rounds : 1) * Latency));
    }

    private static (double Bytes, double Messages, double Seconds) Exchange(int ranks, double each) =>
        (each * ranks, ranks, (each * ranks / Bandwidth) + (ranks * Post) + Latency);

    // Each adds a share, and all get all shares.
    private static (double Bytes, double Messages, double Seconds) Reduce(int ranks, double numbers)
    {
        (double Bytes, double Messages, double Seconds) there = Exchange(ranks, numbers / ranks), back = Gather(ranks, numbers / ranks);
        return (there.Bytes + back.Bytes, there.Messages + back.Messages, there.Seconds + back.Seconds);
    }
}
