using System.Diagnostics;
using System.Globalization;
using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A tree of random points: sorted, refined, balanced, with nodes, columns and all lists.</summary>
internal sealed class TreeTable(TextWriter output, Limits limits, CancellationToken cancellation)
{
    private const int Leaf = 150;
    private const int Runs = 9;
    private const double WarmSeconds = 1;

    private static readonly (int Points, double Target, string Python, string Exafmm)[] _rows =
        [(10_000, 1, "19", "8.1"), (100_000, 8, "213", "64"), (1_000_000, 80, "2760", "640")];

    public void Run(int largest)
    {
        output.WriteLine();
        output.WriteLine($"tree of random points with leaves of {Leaf}, and all lists, ms on {limits.Threads} threads; published: building and balancing alone");
        output.WriteLine("   points    tree   lists     all   target  PyExaFMM  ExaFMM-T");
        foreach ((int count, double target, string python, string exafmm) in _rows.Where(row => row.Points <= largest))
        {
            Position[] points = BenchCases.Points("cube", count, 1);
            double[] charges = PointClouds.Charges(count, 1), potentials = new double[count];
            using FmmSolver solver = FmmSolver.Create(
                new Laplace(), new FmmOptions { Order = 2, LeafCapacity = Leaf, Precision = Precision.Single, Threads = limits.Threads });
            List<FmmSeconds> runs = [];
            for (long start = Stopwatch.GetTimestamp(); runs.Count < Runs;)
            {
                // Small trees are built often before the code that builds them is compiled for good.
                solver.SetPoints(points);
                solver.Evaluate(charges, potentials, default, null, cancellation);
                if (Stopwatch.GetElapsedTime(start).TotalSeconds > WarmSeconds) runs.Add(solver.Report.Seconds);
            }

            FmmSeconds median = runs.OrderBy(run => run.Tree + run.Lists).ElementAt(Runs / 2);
            double all = 1e3 * (median.Tree + median.Lists);
            output.WriteLine(
                $"  {count.ToString(CultureInfo.InvariantCulture),7}{1e3 * median.Tree,8:0.00}{1e3 * median.Lists,8:0.00}{all,8:0.00}{target,9}{python,10}{exafmm,10}"
                + $"  {(all <= target ? "met" : "MISSED")}");
        }

        output.Flush();
    }
}
