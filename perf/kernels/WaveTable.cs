using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>The order that waves in a cube need for an error, by how many of them span it.</summary>
internal static class WaveTable
{
    private const int FirstOrder = 3;

    // The boxes that miss waves are those of the second level, and as wide whatever the number of points.
    private const int Points = 20_000;
    private static readonly double[] _tolerances = [1e-3, 1e-6, 1e-9];

    /// <summary>Prints the table; true always, as nothing is asked of it.</summary>
    public static bool Run(TextWriter output, Settings settings)
    {
        int points = settings.Points ?? Points;
        int largest = settings.Quick ? 10 : FmmOptions.LargestOrder;
        output.WriteLine($"helmholtz: smallest order whose error of the potential is at most so much, {points} points in a cube of so many wavelengths; - where none up to {largest} is");
        output.WriteLine("and from which order on no warning tells of boxes too wide");
        output.WriteLine($"{"wavelengths",-12}{string.Concat(_tolerances.Select(tolerance => $"{tolerance,8:0e+0}"))}  unwarned  error at {largest}");
        for (int waves = 1; waves <= 12; waves++)
        {
            int?[] orders = new int?[_tolerances.Length];
            int? warned = null;
            double last = double.NaN;
            for (int order = FirstOrder; order <= largest; order++)
            {
                using FmmSolver solver = FmmSolver.Create(
                    new Helmholtz(2 * Math.PI * waves), new FmmOptions { Order = order, LeafCapacity = settings.Leaf, Calibration = Calibration.Reference });
                last = KernelTable.Solve(solver, points, gradient: false).PotentialL2;
                for (int i = 0; i < orders.Length; i++) if (last <= _tolerances[i]) orders[i] ??= order;
                if (solver.Report.Warnings.Count > 0) warned = order;
            }
            output.WriteLine(
                $"{waves,-12}{string.Concat(orders.Select(order => $"{(order is int found ? found.ToString() : "-"),8}"))}{(warned is not int highest ? FirstOrder.ToString() : highest == largest ? "-" : (highest + 1).ToString()),10}{last,11:0.0e+0}");
            output.Flush();
        }
        return true;
    }
}
