using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The targets at which the error of a field is estimated, and what each stands for: three eighths are drawn evenly over the tree, three
/// eighths in proportion to the square of their potential, a quarter evenly from each level that has leaves.
/// </summary>
/// <remarks>
/// So a few targets that make all of the field, or of which the tree has but one leaf in a coarse level (outliers), are among them however
/// many others there are. Drawn at even steps of the expected number of draws, along the levels and in Morton order within each: the estimate is
/// without bias, and the same for the same field. It allocates nothing.
/// </remarks>
internal sealed class TargetSample
{
    private const double Evenly = 0.375 * OrderSearch.Targets, BySize = 0.375 * OrderSearch.Targets, ByLevel = 0.25 * OrderSearch.Targets;
    private const int MostOutliers = 16;
    private static readonly QueryDescription _leaves = new QueryDescription().WithAll<NodeLinks, TargetRange>();
    private static readonly QueryDescription _targets = new QueryDescription().WithAll<TargetTag, InputIndex>();
    private readonly int[] _chosen = new int[OrderSearch.Targets];
    private readonly double[] _weights = new double[OrderSearch.Targets];
    private readonly double[] _draws = new double[Morton.MaxLevel + 1];

    /// <summary>Number of targets.</summary>
    public int Length { get; private set; }

    /// <summary>Their rows in the input.</summary>
    public ReadOnlySpan<int> Chosen => _chosen.AsSpan(0, Length);

    /// <summary>How many targets each stands for.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, Length);

    /// <summary>Draws targets for the field of an update.</summary>
    /// <returns>False where potentials or gradients are not all finite: then there is nothing to estimate.</returns>
    public bool Take(FmmMethod method)
    {
        ReadOnlySpan<double> potentials = method.Fields.Potentials.Span;
        double largest = Largest(potentials), square = 0;
        if (!double.IsFinite(largest) || !double.IsFinite(Largest(method.Fields.Gradients.Span))) return false;
        int targets = method.Input.TargetCount;
        Length = 0;
        int nodes = method.Tree.Points.NodeTargets;
        if (targets <= OrderSearch.Targets)
        {
            for (int i = 0; i < targets; i++) Add(i, 1);
            return true;
        }
        double scale = largest == 0 ? 0 : 1 / largest;
        foreach (double potential in potentials) square += scale * potential * (scale * potential);
        TakeOutliers(method, nodes, targets);
        Draw(method, scale, largest == 0 ? 0 : BySize / square, Evenly / targets);
        return true;
    }

    // Outliers belong to no leaf; a few of them stand for all.
    private void TakeOutliers(FmmMethod method, int nodes, int targets)
    {
        ReadOnlySpan<InputIndex> index = SortedPoints.Of(method.World.Query(in _targets)).Read<InputIndex>();
        int outliers = targets - nodes, taken = Math.Min(outliers, MostOutliers);
        for (int i = 0; i < taken; i++) Add(index[nodes + (int)((long)outliers * i / taken)].Value, outliers / (double)taken);
    }

    private void Draw(FmmMethod method, double scale, double bySize, double evenly)
    {
        ReadOnlySpan<double> potentials = method.Fields.Potentials.Span;
        ReadOnlySpan<InputIndex> index = SortedPoints.Of(method.World.Query(in _targets)).Read<InputIndex>();
        int components = method.ExpansionSizes.PotentialComponents, taken = Length;
        double reached = taken, share = 1 - ((double)taken / OrderSearch.Targets);
        Levels(method.World.Query(in _leaves));
        foreach (ref Chunk nodes in method.World.Query(in _leaves).Levels(LevelOrder.TopDown))
        {
            ReadOnlySpan<TargetRange> ranges = nodes.Read<TargetRange>();
            ReadOnlySpan<NodeLinks> links = nodes.Read<NodeLinks>();
            for (int row = 0; row < ranges.Length; row++)
            {
                for (int at = ranges[row].Start; links[row].FirstChild < 0 && at < ranges[row].End; at++)
                {
                    int target = index[at].Value;
                    double size = 0;
                    for (int c = 0; c < components; c++)
                    {
                        double one = scale * potentials[(target * components) + c];
                        size += one * one;
                    }
                    double draws = share * (evenly + _draws[nodes.Level] + (bySize * size));
                    for (reached += draws; taken < OrderSearch.Targets && taken + 0.5 <= reached; taken++) Add(target, 1 / draws);
                }
            }
        }
    }

    // Draws that a target of each level has for its level.
    private void Levels(Query leaves)
    {
        Array.Clear(_draws);
        int levels = 0;
        foreach (ref Chunk nodes in leaves.Levels(LevelOrder.TopDown))
        {
            ReadOnlySpan<TargetRange> ranges = nodes.Read<TargetRange>();
            ReadOnlySpan<NodeLinks> links = nodes.Read<NodeLinks>();
            for (int row = 0; row < ranges.Length; row++) if (links[row].FirstChild < 0) _draws[nodes.Level] += ranges[row].Count;
            if (_draws[nodes.Level] > 0) levels++;
        }
        for (int level = 0; level < _draws.Length; level++) if (_draws[level] > 0) _draws[level] = ByLevel / levels / _draws[level];
    }

    private void Add(int target, double weight)
    {
        if (Length > 0 && _chosen[Length - 1] == target)
        {
            _weights[Length - 1] += weight;
            return;
        }
        _chosen[Length] = target;
        _weights[Length++] = weight;
    }

    // Not a number if one is not.
    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
