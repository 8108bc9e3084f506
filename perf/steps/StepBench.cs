using BenchmarkDotNet.Attributes;
using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// Whole steps of a warm solver at a million points: with new points, and with new charges on the same tree:
/// <c>bench --filter '*StepBench*'</c>. Threads 1 and 2 tell the scaling.
/// </summary>
public class StepBench : IDisposable
{
    private const int Points = 1_000_000;
    private readonly double[] _charges = PointClouds.Charges(Points, 1);
    private readonly double[] _potentials = new double[Points];
    private Position[] _points = [];
    private FmmSolver? _solver;

    /// <summary>Where the points are.</summary>
    [Params("cube", "sphere", "plummer")]
    public string Cloud { get; set; } = "cube";

    /// <summary>Precision and order.</summary>
    [Params("single 4", "single 6", "double 6", "double 8")]
    public string Setting { get; set; } = "double 6";

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the points and evaluates once.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string[] setting = Setting.Split(' ');
        _points = Clouds.Draw(Cloud, Points);
        _solver = FmmSolver.Create(new Laplace(), new FmmOptions
        {
            Precision = setting[0] == "single" ? Precision.Single : Precision.Double,
            Order = int.Parse(setting[1]),
            Threads = Threads,
        });
        NewPoints();
    }

    /// <summary>Tree, lists and evaluation.</summary>
    [Benchmark]
    public void NewPoints()
    {
        _solver!.SetPoints(_points);
        _solver.Evaluate(_charges, _potentials);
    }

    /// <summary>Evaluation alone.</summary>
    [Benchmark]
    public void NewCharges() => _solver!.Evaluate(_charges, _potentials);

    /// <summary>Frees the solver.</summary>
    [GlobalCleanup]
    public void Dispose() => _solver?.Dispose();
}
