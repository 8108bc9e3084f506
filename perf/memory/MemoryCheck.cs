using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Peak memory of this very process after one evaluation: points, charges, runtime and all.</summary>
internal static class MemoryCheck
{
    private const double LimitInMegabytes = 400;

    public static bool Run(TextWriter output, Settings settings)
    {
        int count = settings.Points ?? (settings.Quick ? 100_000 : 1_000_000);
        Position[] points = PointClouds.Draw(default(UnitCube), count, 1);
        double[] charges = PointClouds.Charges(count, 1), potentials = new double[count];
        using FmmSolver solver = FmmSolver.Create(
            new Laplace(), new FmmOptions { Order = 6, Precision = Precision.Single, LeafCapacity = settings.Leaf });
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials);
        double peak = PeakMemory.Bytes() / 1e6;
        bool met = peak <= LimitInMegabytes;
        output.WriteLine($"# dotnet run -c Release --project perf -- memory{settings.Arguments}");
        output.WriteLine($"# commit {MachineText.Commit()}");
        output.WriteLine($"# {MachineText.Machine(Environment.ProcessorCount)}");
        output.WriteLine(
            $"cube, {count} points, single, order 6, leaf {solver.Report.Leaf}: peak {peak:0} MB, of which {solver.World.Ledger.PeakBytes / 1e6:0} MB"
            + $" in the engine's buffers; at most {LimitInMegabytes:0} MB: {(met ? "met" : "MISSED")}");
        return met;
    }
}
