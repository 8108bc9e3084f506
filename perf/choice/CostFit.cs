using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Fits the reference costs to whole runs: the table of <see cref="ReferenceCosts"/>, printed to be taken over.</summary>
internal sealed class CostFit(TextWriter output, Settings settings)
{
    private static readonly string[] _clouds = ["cube", "sphere", "plummer"];

    /// <summary>Pairs, paddings and members of the near field; a leaf's share of tree and lists.</summary>
    public void Near()
    {
        int count = settings.Points ?? 200_000;
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            foreach (bool gradient in (bool[])[false, true])
            {
                List<(double[], double)> near = [], tree = [];
                foreach (string cloud in _clouds)
                {
                    Position[] points = Clouds.Draw(cloud, count);
                    for (int capacity = 4; capacity <= 24; capacity += 4)
                    {
                        CostRun run = new(points, precision, 4, capacity, gradient);
                        near.Add(([run.NearPairs, run.Estimated.NearSources, run.Estimated.NearMembers], run["P2P"].BusySeconds));
                        tree.Add(([count, run.Leaves], 2 * run.Tree));
                    }
                }
                (double[] costs, double residual) = LeastSquares.Fit(near);
                (double[] treeCosts, double treeResidual) = LeastSquares.Fit(tree);
                output.WriteLine(
                    $"{precision} {(gradient ? "gradient" : "potential")}: pair {costs[0]:0.00e+0}, padding {costs[1] / costs[0]:0.0}, member {costs[2]:0.0e+0} (residuals to {residual:0%});"
                    + $" leaf {treeCosts[1]:0.0e+0} ({treeResidual:0%})");
                output.Flush();
            }
        }
    }

    /// <summary>M2L by order and strategy; pairs of points and surfaces; products.</summary>
    public void Far()
    {
        int count = settings.Points ?? 100_000, largest = settings.Quick ? 10 : FmmOptions.LargestOrder;
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            foreach (TransferStrategy strategy in Enum.GetValues<TransferStrategy>().Where(one => one != TransferStrategy.Dense))
            {
                List<(double[], double)> pairs = [];
                output.WriteLine($"{precision} {strategy}, (pair, octet) by order:");
                for (int order = FmmOptions.SmallestOrder; order <= (precision == Precision.Single ? Math.Min(10, largest) : largest); order++)
                {
                    List<(double[], double)> transfers = [];
                    foreach (string cloud in _clouds)
                    {
                        CostRun run = new(Clouds.Draw(cloud, count), precision, order, 12, gradient: false, strategy);
                        transfers.Add(([run.OctetPairs, run.Octets], run["M2L"].BusySeconds));
                        double surface = run["P2M"].Pairs;
                        pairs.Add(([surface, run["P2M"].Flops - (surface * Laplace.PairFlops(false))], run["P2M"].BusySeconds));
                    }
                    (double[] costs, double residual) = LeastSquares.Fit(transfers);
                    output.WriteLine($"            ({costs[0]:0.00e+0}, {costs[1]:0.00e+0}), // {order}: residuals to {residual:0%}");
                    output.Flush();
                }
                (double[] p2m, double p2mResidual) = LeastSquares.Fit(pairs);
                output.WriteLine($"        Pair {p2m[0]:0.00e+0}, GemmFlop {p2m[1]:0.00e+0} (residuals to {p2mResidual:0%})");
            }
        }
    }
}
