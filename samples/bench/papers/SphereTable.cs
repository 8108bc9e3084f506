using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The papers' main run, a million points on a sphere at order 6 with leaves of 150, and how much of it is arithmetic.</summary>
internal sealed class SphereTable(TextWriter output, Limits limits, CancellationToken cancellation)
{
    private const int Order = 6;
    private const int Leaf = 150;
    private const int PaperRank = 50;
    private const int Runs = 3;

    private static readonly string[] _operators = ["P2M", "M2M", "M2L", "P2L", "L2L", "L2P", "M2P", "P2P"];

    public void Run(int count)
    {
        Position[] points = BenchCases.Points("sphere", count, 1);
        double[] charges = PointClouds.Charges(count, 1), potentials = new double[count];
        FmmOptions options = new() { Order = Order, LeafCapacity = Leaf, Precision = Precision.Single, Threads = limits.Threads };
        output.WriteLine();
        output.WriteLine($"{count} points on a sphere, single precision, order {Order}, leaves of {Leaf}, {limits.Threads} threads; published: PyExaFMM, rank {PaperRank}, 32-core Threadripper");
        output.WriteLine("                 seconds   operators      U      V      X      W     error");
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options), ranked = FmmSolver.Create(new Laplace(), options with { Rank = PaperRank });
        BenchSystem[] systems = Measure("here", solver, points, charges, potentials);
        _ = Measure($"rank {PaperRank}", ranked, points, charges, potentials);
        output.WriteLine("  target           0.450       0.050");
        output.WriteLine("  published        5.950       9.000     11     42      3      3");
        Shares(solver.Method.Algebra, solver.Method.ExpansionSizes, systems);
        output.Flush();
    }

    private BenchSystem[] Measure(string name, FmmSolver solver, Position[] points, double[] charges, double[] potentials)
    {
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials, default, null, cancellation);
        double operators = solver.Report.Seconds.Operators;
        List<(double Seconds, BenchSystem[] Systems)> runs = [];
        for (int run = 0; run < Runs; run++)
        {
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, default, null, cancellation);
            runs.Add((solver.Report.Seconds.Total, BenchRun.Systems(solver.Report)));
        }

        (double seconds, BenchSystem[] systems) = runs.OrderBy(run => run.Seconds).ElementAt(Runs / 2);
        TreeReport tree = solver.Report.Tree;
        output.WriteLine($"  {name,-14}{seconds,8:0.000}{operators,12:0.000}{tree.U.Mean,7:0.0}{tree.V.Mean,7:0.0}{tree.X.Mean,7:0.0}{tree.W.Mean,7:0.0}{solver.Verify(1000).PotentialL2,10:0.0e+0}");
        return systems;
    }

    private void Shares(ILinearAlgebra algebra, ExpansionSizes expansion, BenchSystem[] systems)
    {
        using ThreadDispatcher threads = new(limits.Threads);
        using ProductLoop product = new(algebra, expansion.DensityCount, threads.ThreadCount);
        double rate = product.Rate(threads, cancellation);
        double mutual = limits.Single.NearLimit(expansion.Order, gradient: false), oneWay = limits.Single.Pairs[^1].OneWay;
        output.WriteLine();
        output.WriteLine("  share of each operator's time that its arithmetic would take alone; published: above 95 % but for L2P; target: above 95 %");
        output.WriteLine($"  pairs at the bare loops' {mutual / 1e9:0.0} G/s (P2P) and {oneWay / 1e9:0.0} G/s, matrix products at the {rate / 1e9:0} GFLOP/s of one in cache of 64 x {expansion.DensityCount} x {expansion.DensityCount},");
        output.WriteLine($"  M2L's products at the FMA peak, {limits.Single.FmaFlops / 1e9:0} GFLOP/s, its transforms not counted: what others time as arithmetic in an operator is more");
        output.WriteLine("  operator  seconds  arithmetic   share");
        foreach (BenchSystem system in systems.Where(system => _operators.Contains(system.Name) && system.Flops > 0))
        {
            double products = system.Flops - ((double)system.Pairs * KernelFlops.Of(default(Laplace), gradient: false).OneWay);
            double arithmetic = (system.Pairs / (system.Name == "P2P" ? mutual : oneWay)) + (products / (system.Name == "M2L" ? limits.Single.FmaFlops : rate));
            output.WriteLine($"  {system.Name,-8}{system.Seconds,9:0.0000}{arithmetic,12:0.0000}{100 * arithmetic / system.Seconds,8:0.0} %");
        }
    }
}
