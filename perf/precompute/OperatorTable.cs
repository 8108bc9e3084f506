using System.Diagnostics;
using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Seconds to compute all operators of an order: at the first use of the process, and once the code is compiled.</summary>
internal static class OperatorTable
{
    private const int Runs = 5;
    private static readonly (int Order, double Limit)[] _limits = [(6, 0.05), (10, 1), (16, 15)];

    private static readonly (int Order, double K, double Limit)[] _levels = [(8, 1, 0.5), (8, 5, 0.5), (8, 0.01, 0.5), (8, 100, 0.5), (6, 1, 0), (10, 1, 0), (12, 1, 0)];

    public static bool Run(TextWriter output, Settings settings)
    {
        output.WriteLine($"# dotnet run -c Release --project perf -- operators{settings.Arguments}");
        output.WriteLine($"# commit {MachineText.Commit()}");
        output.WriteLine($"# {MachineText.Machine(Environment.ProcessorCount)}");
        output.WriteLine("seconds to compute the operators of Laplace: first, and the median of what follows");
        output.WriteLine("   p  single: first   again  double: first   again   limit");
        bool met = true;
        int[] orders = settings.Quick ? [6, 4, 8, 10] : [6, 4, 8, 10, 12, 14, 16];
        foreach (int order in orders)
        {
            (double first, double again) = Measure(order, Precision.Single);
            (double firstWide, double againWide) = Measure(order, Precision.Double);
            double limit = _limits.FirstOrDefault(row => row.Order == order).Limit;
            bool within = limit == 0 || Math.Max(again, againWide) <= limit;
            met &= within;
            output.WriteLine(
                $"{order,4}{first,15:0.0000}{again,8:0.0000}{firstWide,15:0.0000}{againWide,8:0.0000}{(limit > 0 ? $"{limit,8:0.00}  {(within ? "met" : "MISSED")}" : "")}");
        }

        return Levels(output, settings.Quick) & met;
    }

    // A kernel with a length of its own has operators on each level, and a cloud of many densities many levels: Plummer's sphere of 100,000 points,
    // whose points reach 200 core radii, has 20 of them where each leaf has one point.
    private static bool Levels(TextWriter output, bool quick)
    {
        const double Extent = 200;
        const int Depth = 20;
        output.WriteLine($"seconds to compute the operators of Yukawa on levels 2 to {Depth} of a cube of {Extent}, transfers by FFT: first, and the least of what follows");
        output.WriteLine("   p     k  single: first   again  double: first   again   limit");
        bool met = true;
        foreach ((int order, double k, double limit) in _levels)
        {
            if (quick && limit == 0) continue;
            (double first, double again) = OfLevels(order, k, Precision.Single, Extent, Depth);
            (double firstWide, double againWide) = OfLevels(order, k, Precision.Double, Extent, Depth);
            bool within = limit == 0 || Math.Max(again, againWide) <= limit;
            met &= within;
            output.WriteLine(
                $"{order,4}{k,6}{first,15:0.000}{again,8:0.000}{firstWide,15:0.000}{againWide,8:0.000}{(limit > 0 ? $"{limit,8:0.00}  {(within ? "met" : "MISSED")}" : "")}");
        }
        return met;
    }

    private static (double First, double Again) OfLevels(int order, double k, Precision precision, double extent, int depth)
    {
        double[] seconds = new double[Runs];
        for (int run = 0; run < seconds.Length; run++)
        {
            long start = Stopwatch.GetTimestamp();
            OperatorPreparation.Run(new Yukawa(k), new FmmOptions { Order = order, Precision = precision }, extent, depth);
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return (seconds[0], seconds.Skip(1).Min());
    }

    private static (double First, double Again) Measure(int order, Precision precision)
    {
        double[] seconds = new double[order > 12 ? 2 : Runs + 1];
        for (int run = 0; run < seconds.Length; run++)
        {
            Position[] points = PointClouds.Draw(default(UnitCube), 2000, 1);
            double[] charges = PointClouds.Charges(points.Length, 1), potentials = new double[points.Length];
            using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = order, LeafCapacity = 40, Precision = precision });
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials);
            seconds[run] = solver.Report.Seconds.Operators;
        }

        double first = seconds[0];
        Array.Sort(seconds, 1, seconds.Length - 1);
        return (first, seconds[seconds.Length / 2]);
    }
}
