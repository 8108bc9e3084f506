using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>What the sampler estimates of trees beside what they have.</summary>
internal sealed class CountTable(TextWriter output, Settings settings)
{
    public void Run()
    {
        output.WriteLine("# estimated over true: near pairs, octet pairs, octets, leaves");
        foreach (string cloud in (string[])["cube", "sphere", "ellipsoid", "plummer", "squares", "plane"])
        {
            Position[] points = Clouds.Draw(cloud, settings.Points ?? 100_000);
            for (int capacity = 4; capacity <= 20; capacity += 2)
            {
                CostRun run = new(points, Precision.Double, 6, capacity, gradient: false);
                TreeCounts counts = run.Estimated;
                output.WriteLine(
                    $"{cloud,-10}{LeafLadder.Capacities[capacity],6}{counts.NearPairs / run.NearPairs,8:0.00}{counts.OctetPairs / run.OctetPairs,8:0.00}"
                    + $"{counts.Octets / run.Octets,8:0.00}{counts.Leaves / run.Leaves,8:0.00}");
            }
        }
    }
}
