using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// The leaf that the engine chooses beside the best of a sweep, for the cases of the bench. A leaf with a larger error than asked for
/// and than the chosen one's does not count.
/// </summary>
internal sealed class ChoiceTable(TextWriter output, Settings settings)
{
    private const double Margin = 1.10;
    private const int Repeats = 3;
    private const int DirectSums = 1000;
    private static readonly (string Cloud, Precision Precision, double Tolerance, bool Gradient)[] _cases =
    [
        ("cube", Precision.Single, 2.5e-4, false), ("cube", Precision.Single, 4.5e-6, false),
        ("sphere", Precision.Single, 1e-4, false), ("sphere", Precision.Single, 4e-6, false),
        ("cube", Precision.Double, 3e-6, false), ("cube", Precision.Double, 6e-8, false), ("cube", Precision.Double, 7e-9, false),
        ("cube", Precision.Double, 7e-11, false), ("sphere", Precision.Double, 3e-8, false), ("sphere", Precision.Double, 1e-11, false),
        ("ellipsoid", Precision.Double, 3e-8, false), ("plummer", Precision.Double, 7e-8, false), ("cube", Precision.Double, 1.6e-6, true),
    ];

    /// <summary>Runs one case, or all.</summary>
    /// <param name="only">Its number from 0; null for all.</param>
    /// <returns>Whether every choice is within a tenth of the best.</returns>
    public bool Run(int? only)
    {
        bool all = true;
        for (int i = 0; i < _cases.Length; i++) if (only is null || only == i) all &= Run(i);
        return all;
    }

    private bool Run(int number)
    {
        (string cloud, Precision precision, double tolerance, bool gradient) = _cases[number];
        Position[] points = Clouds.Draw(cloud, settings.Points ?? (settings.Quick ? 100_000 : 1_000_000));
        FmmOptions options = new() { Tolerance = tolerance, Precision = precision, Gradient = gradient };
        using FmmSolver chosen = FmmSolver.Create(new Laplace(), options);
        (double seconds, FmmReport report) = Time(chosen, points, gradient);
        LeafChoice why = chosen.Method.Leaf;
        output.WriteLine(
            $"{number,2} {cloud,-10}{precision,-7} {tolerance:0.0e+0}{(gradient ? " gradient" : "")}: order {report.Order}, error {chosen.Verify(DirectSums).PotentialL2:0.0e+0}, leaf {report.Leaf}, {seconds:0.000} s;"
            + $" predicted {(why.NearSeconds + why.FarSeconds) / report.Threads:0.000} (near {why.NearSeconds / report.Threads:0.000}), machine factor {why.NearOverFar}");
        double best = seconds, allowed = Math.Max(tolerance, chosen.Verify(DirectSums).PotentialL2);
        TreeReport? last = null;
        foreach (int leaf in LeafLadder.Capacities)
        {
            if (leaf < report.Leaf / 4 || leaf > report.Leaf * 4) continue;
            using FmmSolver given = FmmSolver.Create(new Laplace(), options with { Order = report.Order, Tolerance = null, LeafCapacity = leaf });
            (double one, FmmReport run) = Time(given, points, gradient, skip: last);
            if (double.IsPositiveInfinity(one)) continue;
            last = run.Tree;
            double error = given.Verify(DirectSums).PotentialL2;
            output.WriteLine($"     {leaf,5}{one,9:0.000}  error {error:0.0e+0}");
            if (run.Tree == report.Tree) seconds = Math.Min(seconds, one);
            if (error <= allowed) best = Math.Min(best, one);
        }
        bool within = seconds <= Margin * best;
        output.WriteLine($"   {seconds / best:0.00} of the best: {(within ? "within a tenth" : "NOT within a tenth")}");
        output.Flush();
        return within;
    }

    private static (double Seconds, FmmReport Report) Time(FmmSolver solver, Position[] points, bool gradient, TreeReport? skip = null)
    {
        double[] charges = PointClouds.Charges(points.Length, 1), potentials = new double[points.Length], gradients = new double[gradient ? 3 * points.Length : 0];
        double best = double.PositiveInfinity;
        for (int run = 0; run <= Repeats; run++)
        {
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, gradients);
            if (run == 0 && solver.Report.Tree == skip) break;
            if (run > 0) best = Math.Min(best, solver.Report.Seconds.Total);
        }
        return (best, solver.Report);
    }
}
