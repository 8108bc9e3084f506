using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// Relative L2 errors of the Laplace potential by order over clouds of many kinds: the figures that the order for a tolerance is
/// taken from.
/// </summary>
internal sealed class ErrorTable(TextWriter output, Settings settings)
{
    private const int DirectSums = 1000;
    private const int LargestSingle = 8;
    private static readonly string[] _clouds = ["cube", "plummer", "squares", "balls", "sphere", "ellipsoid", "plane"];

    public void Run()
    {
        int count = settings.Points ?? 100_000;
        output.WriteLine($"# dotnet run -c Release --project perf -- errors{settings.Arguments}");
        output.WriteLine($"# commit {MachineText.Commit()}");
        output.WriteLine($"# relative L2 errors of the potential against {DirectSums} direct sums, {count} points, charges in [-0.5, 0.5]");
        output.WriteLine($"{"precision",-10}{"p",3}{string.Concat(_clouds.Select(cloud => $"{cloud,11}"))}{"worst",11}");
        foreach (Precision precision in (Precision[])[Precision.Double, Precision.Single])
        {
            int largest = precision == Precision.Single ? LargestSingle : settings.Quick ? 10 : FmmOptions.LargestOrder;
            for (int order = FmmOptions.SmallestOrder; order <= largest; order++)
            {
                double[] errors = [.. _clouds.Select(cloud => Error(Clouds.Draw(cloud, count), precision, order))];
                output.WriteLine(
                    $"{precision.ToString().ToLowerInvariant(),-10}{order,3}{string.Concat(errors.Select(error => $"{error,11:0.00e+0}"))}{errors.Max(),11:0.00e+0}");
                output.Flush();
            }
        }
    }

    private double Error(Position[] points, Precision precision, int order)
    {
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = order, Precision = precision, LeafCapacity = settings.Leaf });
        solver.SetPoints(points);
        solver.Evaluate(PointClouds.Charges(points.Length, 1), new double[points.Length]);
        return solver.Verify(DirectSums).PotentialL2;
    }
}
