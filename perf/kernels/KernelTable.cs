using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>What the built-in kernels reach: errors by order, the orders that waves need, and operators of deep trees.</summary>
internal sealed class KernelTable(TextWriter output, Settings settings)
{
    private const int DirectSums = 1000;
    private const int Seed = 1;

    // What every kernel is to reach at some order.
    private const double Reached = 1e-10;
    private const int FirstOrder = 4;
    private readonly int _points = settings.Points ?? 100_000;
    private readonly int _largest = settings.Quick ? 10 : FmmOptions.LargestOrder;

    /// <summary>Prints a table; false where an error or a time is above what is asked for.</summary>
    /// <param name="table">errors, waves or deep.</param>
    public bool Run(string table)
    {
        output.WriteLine($"# dotnet run -c Release --project perf -- kernels {table}{settings.Arguments}");
        output.WriteLine($"# commit {MachineText.Commit()}");
        output.WriteLine($"# {MachineText.Machine(Environment.ProcessorCount)}");
        return table switch { "errors" => Errors(), "waves" => WaveTable.Run(output, settings), _ => DeepTable.Run(output) };
    }

    private bool Errors()
    {
        int[] orders = [.. Enumerable.Range(FirstOrder, _largest - FirstOrder + 1)];
        output.WriteLine($"relative L2 errors against {DirectSums} direct sums by order: {_points} points in a unit cube, charges in [-0.5, 0.5], double precision");
        output.WriteLine($"{"kernel",-32}{string.Concat(orders.Select(order => $"{order,8}"))}  verdict");
        bool met = true;
        foreach (KernelCase one in KernelCase.All)
        {
            FieldError[] errors = [.. orders.Select(order => Error(one, order))];
            bool reached = settings.Quick || (errors.Min(error => error.PotentialL2) <= Reached && (!one.HasGradient || errors.Min(error => error.GradientL2) <= Reached));
            bool within = one.Bar is not var (order, potential, gradient) || order > _largest
                || (errors[order - FirstOrder].PotentialL2 <= potential && errors[order - FirstOrder].GradientL2 <= gradient);
            met &= reached && within;
            string verdict = reached ? within ? "met" : "MISSED at its order" : $"MISSED {Reached:0e+0}";
            output.WriteLine($"{one.Name,-32}{string.Concat(errors.Select(error => Short(error.PotentialL2)))}  {verdict}");
            if (one.HasGradient) output.WriteLine($"{"  gradient",-32}{string.Concat(errors.Select(error => Short(error.GradientL2!.Value)))}");
            output.Flush();
        }
        foreach (KernelCase one in KernelCase.All)
            if (one.Bar is var (order, potential, gradient))
                output.WriteLine($"asked of {one.Name} at order {order}: {potential:0.0e+0}{(gradient < double.PositiveInfinity ? $", gradient {gradient:0.0e+0}" : "")}");
        output.WriteLine($"asked of every kernel at some order: {Reached:0e+0}");
        return met;
    }

    private FieldError Error(KernelCase one, int order)
    {
        FmmOptions options = new() { Order = order, Gradient = one.HasGradient, LeafCapacity = settings.Leaf, Calibration = Calibration.Reference };
        using FmmSolver solver = one.Create(options);
        return Solve(solver, _points, one.HasGradient);
    }

    /// <summary>The error of one evaluation in a unit cube.</summary>
    internal static FieldError Solve(FmmSolver solver, int points, bool gradient)
    {
        ExpansionSizes sizes = solver.Method.ExpansionSizes;
        double[] potentials = new double[points * sizes.PotentialComponents];
        solver.SetPoints(PointClouds.Draw(default(UnitCube), points, Seed));
        solver.Evaluate(PointClouds.Charges(points * sizes.SourceComponents, Seed), potentials, gradient ? new double[3 * potentials.Length] : []);
        return solver.Verify(DirectSums);
    }

    private static string Short(double error) => $"{error,8:0.0e+0}";
}
