using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Time and memory of ten times as many points: at most 10.5 times as much, and 1e7 points in double precision in 24 GiB.</summary>
internal sealed class BenchGrowth(TextWriter output, Limits limits, CancellationToken cancellation)
{
    private const double Limit = 10.5;
    private const double LimitBytes = 24.0 * (1 << 30);
    private const int Runs = 3;

    /// <summary>Refuses more points than there is memory for ten times as many.</summary>
    /// <exception cref="InputException">They would not fit.</exception>
    public static void CheckMemory(MemoryGuard guard, int count, int threads)
    {
        const int Most = (1 << 29) / 10;
        if (count > Most) throw new InputException($"--n {count}: --growth goes up to ten times as many points; take at most {Most}");
        guard.Check($"--growth from {count} points", MemoryEstimate.Of(new Laplace(), new FmmOptions { Order = 8, Threads = threads }, 10L * count), 400.0 * count, count);
    }

    /// <summary>Measures so many points and ten times as many.</summary>
    public void Run(int count)
    {
        output.WriteLine();
        output.WriteLine("growth, points in a cube   precision   p  leaf  depth    seconds  peak MB     error");
        (double seconds, double peak) = Measure(count, Precision.Single, 6, Runs);
        (double manySeconds, double manyPeak) = Measure(checked(10 * count), Precision.Single, 6, Runs);
        output.WriteLine(
            $"  ten times the points: {manySeconds / seconds:0.00} times the seconds{Verdict(manySeconds <= Limit * seconds)},"
            + $" {manyPeak / peak:0.00} times the memory{Verdict(manyPeak <= Limit * peak)}; at most {Limit}");
        (_, double widePeak) = Measure(checked(10 * count), Precision.Double, 8, 1);
        output.WriteLine($"  double precision takes {widePeak / (1 << 30):0.00} GiB{Verdict(widePeak <= LimitBytes)}; at most {LimitBytes / (1 << 30):0}");
        output.Flush();
    }

    private static string Verdict(bool met) => met ? " (met)" : " (MISSED)";

    private (double Seconds, double Peak) Measure(int count, Precision precision, int order, int runs)
    {
        PeakWatch.Restart();
        Position[] points = BenchCases.Points("cube", count, 1);
        double[] charges = PointClouds.Charges(count, 1), potentials = new double[count], seconds = new double[runs];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = order, Precision = precision, Threads = limits.Threads });
        for (int run = -1; run < runs; run++)
        {
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, default, null, cancellation);
            if (run >= 0) seconds[run] = solver.Report.Seconds.Total;
        }

        Array.Sort(seconds);
        double median = seconds[(runs - 1) / 2];
        long peak = PeakMemory.Bytes();
        FmmReport report = solver.Report;
        output.WriteLine(
            $"  {count,-25}{precision.ToString().ToLowerInvariant(),-9}{order,4}{report.Leaf,6}{report.Tree.Depth,7}{median,11:0.000}{peak / 1e6,9:0}"
            + $"{solver.Verify(200).PotentialL2,10:0.0e+0}");
        output.Flush();
        return (median, peak);
    }
}
