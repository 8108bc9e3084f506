using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// What PyExaFMM published of its M2L compressed to a rank, and the same runs here: a million points, order 6, leaves of 150, double precision, charges
/// in [0, 1).
/// </summary>
internal sealed class CompressionTable(TextWriter output, Limits limits, CancellationToken cancellation)
{
    private const int Order = 6;
    private const int Leaf = 150;
    private const int Runs = 3;

    // Their full rank, 500 in name, is that of all 152 check potentials; seconds of M2L are told once for both clouds, and for one rank alone.
    private static readonly (int Rank, string Cube, string Sphere, string CubeSeconds, string SphereSeconds, string Transfer)[] _published =
    [
        (10, "1.5e-4", "4.6e-4", "17.5", "10.7", "10.8"), (50, "-", "-", "-", "-", "18.1"), (100, "4.0e-7", "4.6e-7", "36.7", "13.6", "31.8"), (152, "3.9e-7", "4.6e-7", "50.5", "15.8", "46.3"),
    ];

    public void Run(int count)
    {
        output.WriteLine();
        output.WriteLine($"M2L compressed to a rank: {count} points, double precision, order {Order}, leaves of {Leaf}, {limits.Threads} threads; published: PyExaFMM's notebook, mean relative error");
        output.WriteLine("           ------------------- here -------------------     ---- published ----");
        output.WriteLine("    rank   cloud    seconds     M2L  operators    error     seconds   M2L    error");
        Position[] cube = BenchCases.Points("cube", count, 1), sphere = BenchCases.Points("sphere", count, 1);
        double[] charges = [.. PointClouds.Charges(count, 1).Select(charge => charge + 0.5)];
        foreach (var published in _published)
        {
            FmmOptions options = new() { Order = Order, LeafCapacity = Leaf, Threads = limits.Threads, Rank = published.Rank };
            Measure("cube", cube, charges, options, published.CubeSeconds, published.Transfer, published.Cube);
            Measure("sphere", sphere, charges, options, published.SphereSeconds, "", published.Sphere);
        }

        FmmOptions chosen = new() { Order = Order, LeafCapacity = Leaf, Threads = limits.Threads };
        Measure("cube", cube, charges, chosen, "", "", "");
        Measure("sphere", sphere, charges, chosen, "", "", "");
        output.Flush();
    }

    private void Measure(string cloud, Position[] points, double[] charges, FmmOptions options, string seconds, string transfer, string error)
    {
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options);
        double[] potentials = new double[points.Length];
        double operators = 0, least = double.PositiveInfinity, m2l = 0;
        for (int run = 0; run <= Runs; run++)
        {
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, default, null, cancellation);
            double total = solver.Report.Seconds.Total;
            if (run == 0) operators = solver.Report.Seconds.Operators;
            else if (total < least) (least, m2l) = (total, BenchRun.Systems(solver.Report).First(system => system.Name == "M2L").Seconds);
        }

        string rank = options.Rank is int given ? $"{given}" : "chosen";
        output.WriteLine($"  {rank,6}   {cloud,-6}{least,10:0.000}{m2l,8:0.000}{operators,11:0.000}{solver.Verify(1000).PotentialL2,9:0.0e+0}{seconds,12}{transfer,6}{error,9}");
    }
}
