using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Fits the reference costs to whole runs: the table of <see cref="ReferenceCosts"/>, printed to be taken over.</summary>
internal sealed class CostFit(TextWriter output, Settings settings)
{
    private const int Small = 5;
    private static readonly string[] _clouds = ["cube", "sphere", "plummer"];

    /// <summary>Pairs, paddings and members of the near field; a leaf's share of tree and lists.</summary>
    public void Near(Precision precision, int order, bool gradient)
    {
        int count = settings.Points ?? 100_000;
        List<(double[], double)> near = [], tree = [];
        foreach (string cloud in _clouds)
        {
            Position[] points = Clouds.Draw(cloud, count);
            for (int capacity = 0; capacity <= 20; capacity += 4)
            {
                // Above a certain order roots are full: no expansions of such an order are needed to time them.
                bool full = order > RootOrders.CubicOrder;
                CostRun run = new(points, precision, full ? Small : order, capacity, gradient, digits: full ? RootPrecision.Full : RootPrecision.AsOrder);
                near.Add(([run.NearPairs, run.Estimated.NearSources, run.Estimated.NearMembers], run["P2P"].BusySeconds));
                tree.Add(([count, run.Leaves], 2 * run.Tree));
            }
        }
        (double[] costs, double residual) = LeastSquares.Fit(near);
        (double[] treeCosts, double treeResidual) = LeastSquares.Fit(tree);
        output.WriteLine(
            $"{precision} {(gradient ? "gradient" : "potential")}, order {order}: pair {costs[0]:0.00e+0}, padding {costs[1] / costs[0]:0.0}, member {costs[2]:0.0e+0}"
            + $" (residuals to {residual:0%}); leaf {treeCosts[1]:0.0e+0} ({treeResidual:0%})");
    }

    /// <summary>M2L by order and strategy: from a cube's and a sphere's trees, whose octets have 22 and 9 neighbours.</summary>
    public void Far(Precision precision, int smallest, int largest)
    {
        int count = settings.Points ?? 100_000;
        (string Cloud, int Capacity)[] trees = [("cube", 2), ("sphere", 6)];
        foreach (TransferStrategy strategy in Enum.GetValues<TransferStrategy>().Where(one => one is TransferStrategy.Fft or TransferStrategy.Compressed))
        {
            output.WriteLine($"{precision} {strategy}: (pair, octet) by order");
            for (int order = smallest; order <= largest; order++)
            {
                List<(double[], double)> transfers = [];
                foreach ((string cloud, int capacity) in trees)
                {
                    CostRun run = new(Clouds.Draw(cloud, count), precision, order, capacity, gradient: false, strategy);
                    transfers.Add(([run.OctetPairs, run.Octets], run["M2L"].BusySeconds));
                }
                (double[] costs, double residual) = LeastSquares.Fit(transfers);
                output.WriteLine($"            ({costs[0]:0.00e+0}, {costs[1]:0.00e+0}), // {order}: {residual:0%}");
                output.Flush();
            }
        }
    }

    /// <summary>P2M and L2P by point and by leaf, from trees of small and of large leaves; the products of M2M.</summary>
    public void Series(Precision precision, int order)
    {
        int count = settings.Points ?? 100_000;
        foreach (bool gradient in new[] { false, true })
        {
            List<(double[], double)> moments = [], terms = [], products = [];
            foreach (int capacity in new[] { 0, 4, 8, 12, 16 })
            {
                CostRun run = new(Clouds.Draw("sphere", count), precision, order, capacity, gradient);
                double series = run.SeriesLength;
                moments.Add(([count * series, run.Leaves * series], run["P2M"].BusySeconds - (run.LeafProducts * ReferenceCosts.Of(precision).ProductFlop)));
                terms.Add(([count * series, run.Leaves * series], run["L2P"].BusySeconds - (run.LeafProducts * ReferenceCosts.Of(precision).ProductFlop)));
                products.Add(([run["M2M"].Flops + run["L2L"].Flops], run["M2M"].BusySeconds + run["L2L"].BusySeconds));
            }
            (double[] up, double upResidual) = LeastSquares.Fit(moments);
            (double[] down, double downResidual) = LeastSquares.Fit(terms);
            (double[] flop, double flopResidual) = LeastSquares.Fit(products);
            output.WriteLine(
                $"{precision} order {order} {(gradient ? "gradient" : "potential")}: Moment {up[0]:0.00e+0}, leaf {up[1]:0.00e+0} ({upResidual:0%});"
                + $" SeriesTerm {down[0]:0.00e+0}, leaf {down[1]:0.00e+0} ({downResidual:0%}); ProductFlop {flop[0]:0.00e+0} ({flopResidual:0%})");
        }
    }
}
