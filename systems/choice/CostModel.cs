using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// What a step costs on this machine, in seconds of one thread, from the counts of a tree. The far field is priced by
/// <see cref="ReferenceCosts"/>, the near field by the same times the machine's own factor.
/// </summary>
internal sealed class CostModel
{
    private readonly ExpansionSizes _expansion;
    private readonly ReferenceCosts _costs;
    private readonly double _transfer;
    private readonly double _series;
    private readonly double _width;
    private readonly bool _gradient;
    private readonly double _root;
    private readonly TransferCost _octets;
    private readonly KernelFlops _flops;
    private double _reference;
    private double _near;

    /// <summary>The model of a method.</summary>
    /// <param name="expansion">Sizes of the expansions.</param>
    /// <param name="precision">Precision of the hot loops.</param>
    /// <param name="width">Width of the registers.</param>
    /// <param name="gradient">Whether the gradient is computed.</param>
    /// <param name="pairFactor">How much longer the kernel's pair takes than 1 / r by expectation, <see cref="ReferenceCosts.PairFactor"/>: what counts until it is measured.</param>
    /// <param name="fullDigits">Whether the roots of near pairs have all digits whatever the order.</param>
    /// <param name="flops">Operations of the kernel's pair; null for those of 1 / r.</param>
    public CostModel(ExpansionSizes expansion, Precision precision, RegisterWidth width, bool gradient, double pairFactor, bool fullDigits = false, KernelFlops? flops = null)
    {
        _flops = flops ?? KernelFlops.Of(default(Laplace), gradient);
        _expansion = expansion;
        _gradient = gradient;
        _octets = TransferMethod.Of(expansion.Strategy).Cost(expansion, precision);
        _costs = ReferenceCosts.Of(precision);
        (double pair, double gradientPair, double transferFlop) = _costs.Loop(width);
        (double widestPair, double widestGradientPair, double widestFlop) = _costs.Loop(RegisterWidth.Bits512);
        Reference = new LoopSeconds(gradient ? gradientPair : pair, transferFlop);
        _width = Reference.Pair / (gradient ? widestGradientPair : widestPair);
        PairFactor = pairFactor;
        _transfer = transferFlop / widestFlop;
        _series = _costs.SeriesLength(expansion.Order);
        _root = width == RegisterWidth.Bits512 ? _costs.Root(precision, expansion.Order, fullDigits) : _costs.Roots.Full;
        _near = _reference = _width * PairFactor;
    }

    /// <summary>What the loops of the calibration take on the reference machine in this width, with 1 / r as the kernel.</summary>
    public LoopSeconds Reference { get; }

    /// <summary>How much slower the near field is here, beside the far field, than on the reference machine: a power of two.</summary>
    public double NearOverFar { get; private set; } = 1;

    /// <summary>How much longer the kernel's pair takes than one of 1 / r.</summary>
    public double PairFactor { get; private set; }

    /// <summary>Takes this machine's proportions over.</summary>
    /// <param name="calibration">Near field and transfers beside the reference machine's, with 1 / r as the kernel.</param>
    /// <param name="measured">How much longer a pair of the kernel was measured to take than one of 1 / r; null to go by expectation.</param>
    public void Calibrate(Calibration calibration, double? measured = null)
    {
        NearOverFar = calibration.NearOverFar;
        if (measured is double factor) PairFactor = Settled(PairFactor, factor);
        _reference = _width * PairFactor;
        _near = _reference * NearOverFar;
    }

    /// <summary>Takes over what another model came to.</summary>
    /// <param name="nearOverFar">Its <see cref="NearOverFar"/>.</param>
    /// <param name="pairFactor">Its <see cref="PairFactor"/>.</param>
    public void Recall(double nearOverFar, double pairFactor)
    {
        (NearOverFar, PairFactor) = (nearOverFar, pairFactor);
        _reference = _width * PairFactor;
        _near = _reference * NearOverFar;
    }

    // In half octaves from what was expected, so that noise of a measurement does not change a choice: what is left, a factor of 1.19 either way, costs
    // 1 % where the leaf is off by its root.
    private static double Settled(double expected, double measured)
    {
        double steps = 2 * Math.Log2(measured / expected);
        return double.IsFinite(steps) ? expected * Math.Pow(2, Math.Round(steps) / 2) : expected;
    }

    /// <summary>Seconds of the near field for each charge vector.</summary>
    /// <param name="counts">The tree.</param>
    /// <param name="shared">Whether targets and sources are the same points.</param>
    /// <param name="vectors">Charge vectors.</param>
    public double Near(in TreeCounts counts, bool shared, int vectors = 1)
    {
        double pair = shared ? _root * Of(_costs.NearPair) : Of(_costs.Pair);
        if (VectorSeries.Pays(vectors, shared)) pair = Math.Min(pair, Of(_costs.Pair) * ShareOfPair(Math.Min(vectors, VectorSeries.Most)));
        return _near * ((counts.NearPairs + (_costs.Padding * counts.NearSources)) * pair + (counts.NearMembers * _costs.Member));
    }

    /// <summary>Seconds of tree, lists and far field.</summary>
    /// <param name="counts">The tree.</param>
    /// <param name="sources">Sources.</param>
    /// <param name="targets">Targets.</param>
    public double Far(in TreeCounts counts, double sources, double targets)
    {
        double density = _expansion.DensityCount, check = _expansion.CheckCount, parities = _expansion.Densities.Mirrors ? 8 : 1;
        double up = _series * _expansion.SourceComponents, down = _series * _expansion.PotentialComponents;
        double points = (sources * up * _costs.Moment) + (targets * down * (_gradient ? _costs.SeriesTerm.Gradient : _costs.SeriesTerm.Potential));
        double leafProducts = 2 * ((up * density) + (down * check)) / parities;
        double leaves = counts.Leaves * ((_transfer * (((up + down) * _costs.SeriesLeaf) + (leafProducts * _costs.ProductFlop))) + _costs.Leaf);
        double octets = counts.Octets * 16 * ((density * density) + (check * check)) / parities * _costs.ProductFlop;
        double mixed = _reference * counts.MixedPairs * (_gradient ? _costs.MixedPair.Gradient : _costs.MixedPair.Potential);
        return (_transfer * (points + octets)) + leaves + mixed + Transfer(counts);
    }

    private double Of((double Potential, double Gradient) cost) => _gradient ? cost.Gradient : cost.Potential;

    // What a vector pays of a pair's time where several share its geometry.
    private double ShareOfPair(double vectors) => (_flops.OneWay + ((vectors - 1) * _flops.OneMore)) / (vectors * _flops.OneWay);

    private double Transfer(in TreeCounts counts)
    {
        (double pair, double octet) = _octets;
        int rows = _expansion.PotentialComponents, columns = _expansion.SourceComponents;
        return _transfer * ((counts.OctetPairs * pair * rows * columns) + (counts.Octets * octet * (rows + columns) / 2));
    }
}
