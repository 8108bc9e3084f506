using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Seconds to compute all operators of an order: at the first use of the process, and once the code is compiled.</summary>
internal static class OperatorTable
{
    private const int Runs = 5;
    private static readonly (int Order, double Limit)[] _limits = [(6, 0.05), (10, 1), (16, 15)];

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

        return met;
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
