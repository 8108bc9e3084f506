using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The direct sum of all pairs: one leaf that holds every point, so that the near field is all there is.</summary>
internal sealed class DirectTable(TextWriter output, Limits limits, CancellationToken cancellation)
{
    private const int Runs = 3;

    public void Run(int count)
    {
        output.WriteLine();
        output.WriteLine($"direct Laplace potential of {count} points on {limits.Threads} threads; published for 100000 on a 6-core i7: PyExaFMM 4.71 s, ExaFMM-T 1.99 s");
        output.WriteLine("  precision   seconds   target  G pairs/s  of the bare loop     error");
        Measure(count, Precision.Single, limits.Single, "0.45");
        Measure(count, Precision.Double, limits.Double, "-");
        output.Flush();
    }

    private void Measure(int count, Precision precision, LimitRates rates, string target)
    {
        Position[] points = BenchCases.Points("cube", count, 1);
        double[] charges = PointClouds.Charges(count, 1), potentials = new double[count], seconds = new double[Runs];
        FmmOptions options = new() { Order = 4, LeafCapacity = count, Precision = precision, Threads = limits.Threads };
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options);
        for (int run = -1; run < Runs; run++)
        {
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, default, null, cancellation);
            if (run >= 0) seconds[run] = solver.Report.Seconds.Total;
        }

        Array.Sort(seconds);
        double pairs = (double)count * count / seconds[Runs / 2];
        output.WriteLine(
            $"  {precision.ToString().ToLowerInvariant(),-9}{seconds[Runs / 2],10:0.000}{target,9}{pairs / 1e9,11:0.00}{100 * pairs / rates.NearLimit(4, gradient: false),16:0.0} %"
            + $"{solver.Verify(100).PotentialL2,10:0.0e+0}");
    }
}
