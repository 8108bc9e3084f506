using System.Diagnostics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>One tree: what the sampler says of it, what it really has, and what the systems took on it.</summary>
internal sealed class CostRun
{
    private const int Repeats = 40;
    private const double Long = 1;

    private readonly Dictionary<string, SystemTime> _fastest = [];

    /// <summary>Builds the tree and evaluates several times, the fastest time of each system counts.</summary>
    public CostRun(Position[] points, Precision precision, int order, int capacity, bool gradient, TransferStrategy? transfer = null, RootPrecision digits = RootPrecision.AsOrder)
    {
        FmmOptions options = new()
        {
            Order = order,
            Precision = precision,
            LeafCapacity = LeafLadder.Capacities[capacity],
            Gradient = gradient,
            Transfer = transfer,
            RootPrecision = digits,
        };
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options);
        double[] charges = PointClouds.Charges(points.Length, 1), potentials = new double[points.Length], gradients = new double[gradient ? 3 * points.Length : 0];
        Seconds = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        for (int run = 0; run <= Repeats && (run < 2 || Stopwatch.GetElapsedTime(start).TotalSeconds < Long); run++)
        {
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, gradients);
            if (run > 0) Take(solver);
        }
        ExpansionSizes = solver.Method.ExpansionSizes;
        SeriesLength = precision == Precision.Single
            ? solver.World.Resource<OperatorSet<float>>()[2].SeriesLength
            : solver.World.Resource<OperatorSet<double>>()[2].SeriesLength;
        using LeafSampler sampler = new(new Ledger());
        sampler.Take(PointKeys.Of(solver.World), ExpansionSizes.Surface.Count, solver.World.Resource<TreeSettings>(), Jobs.Serial);
        Estimated = sampler.Counts(capacity);
        NearPairs = solver.Method.Plan.NearPairs;
        Leaves = solver.Method.Tree.Shape.LeafCount;
        for (int level = 1; level <= solver.Method.Tree.Shape.Depth; level++)
        {
            Octets += solver.Method.Tree.Shape.OctetCount(level);
            if (level > 1) OctetPairs += solver.Method.Tree.Octets.Neighbours(level).Span.ToArray().Count(other => other >= 0);
        }
    }

    public ExpansionSizes ExpansionSizes { get; }

    public TreeCounts Estimated { get; }

    public double NearPairs { get; }

    public double Leaves { get; }

    /// <summary>Operations of the products with operators that P2M, or L2P, has for all leaves.</summary>
    public double LeafProducts => Leaves * 2 * SeriesLength * ExpansionSizes.DensityCount / (ExpansionSizes.Densities.Mirrors ? 8 : 1);

    public double SeriesLength { get; }

    public double Octets { get; }

    public double OctetPairs { get; }

    /// <summary>Tree and lists.</summary>
    public double Tree { get; private set; } = double.PositiveInfinity;

    /// <summary>Tree, lists and evaluation.</summary>
    public double Seconds { get; private set; }

    public SystemTime this[string system] => _fastest[system];

    private void Take(FmmSolver solver)
    {
        SystemTimes times = solver.Method.Schedule.Times;
        for (int i = 0; i < times.Count; i++)
        {
            SystemTime time = times[i];
            if (!_fastest.TryGetValue(time.System, out SystemTime best) || time.BusySeconds < best.BusySeconds) _fastest[time.System] = time;
        }
        FmmSeconds seconds = solver.Report.Seconds;
        Tree = Math.Min(Tree, seconds.Tree + seconds.Lists);
        Seconds = Math.Min(Seconds, seconds.Total);
    }
}
