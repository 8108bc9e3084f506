using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Seconds of one thread for each unit of work, measured on two cores of an AMD EPYC (Zen 5) with 512-bit registers and OpenBLAS by
/// <c>dotnet run -c Release --project perf -- costs</c>, which prints this table anew. What the choice of leaf and strategy needs of
/// it are ratios; <see cref="Calibration"/> corrects the one between near and far field on other machines.
/// </summary>
internal sealed record ReferenceCosts
{
    // Operations of a pair of the loops in the table: 1 / r.
    private const double PairFlops = 11, GradientPairFlops = 20;

    // Coefficients of its series by order from 2.
    private static readonly int[] _series = [24, 48, 132, 252, 348, 612, 864, 1212, 1572, 2052, 2580, 3060, 3804, 4392, 4980];

    /// <summary>A pair of the near field of the potential 1 / r, and with the gradient, each pair of points counted twice.</summary>
    public required (double Potential, double Gradient) NearPair { get; init; }

    /// <summary>The factors to that of the roots of some digits: up to <see cref="RootOrders"/>' first order, to the second, and of all digits.</summary>
    public required (double Short, double Middle, double Full) Roots { get; init; }

    /// <summary>A pair where sources and targets differ.</summary>
    public required (double Potential, double Gradient) Pair { get; init; }

    /// <summary>A pair of M2P and P2L, which take a member at a time.</summary>
    public required (double Potential, double Gradient) MixedPair { get; init; }

    /// <summary>Targets by which a leaf is rounded up in the near field, on the average.</summary>
    public required double Padding { get; init; }

    /// <summary>A member of a U list, beside its pairs.</summary>
    public required double Member { get; init; }

    /// <summary>A point's share in a moment of its leaf: P2M.</summary>
    public required double Moment { get; init; }

    /// <summary>A term of a leaf's series at a point, and with the gradient: L2P.</summary>
    public required (double Potential, double Gradient) SeriesTerm { get; init; }

    /// <summary>What a leaf adds to that for each of its moments or terms, beside products with operators.</summary>
    public required double SeriesLeaf { get; init; }

    /// <summary>A floating-point operation of a batch of products with operators.</summary>
    public required double ProductFlop { get; init; }

    /// <summary>The longest series that the precision asks for.</summary>
    public required double LongestSeries { get; init; }

    /// <summary>A leaf beside its points, expansions and lists: its share of tree, lists and plan.</summary>
    public required double Leaf { get; init; }

    /// <summary>
    /// Seconds of <see cref="CalibrationLoop{TKernel, T, TRegister}"/> by width: 512, 256, 128 bits, scalars. That of the
    /// multiplication lies between an idle machine's (8.4e-12 in double precision at 512 bits) and a busy one's (1.25e-11).
    /// </summary>
    public required (double Pair, double GradientPair, double TransferFlop)[] Loops { get; init; }

    /// <summary>By width, the operations of a pair of <see cref="Loops"/> in whose time an exponential, or a sine with its cosine, is done, beyond the one that it counts as.</summary>
    public required (double Potential, double Gradient)[] Exponential { get; init; }

    /// <summary>The costs of a precision.</summary>
    public static ReferenceCosts Of(Precision precision) => precision == Precision.Single ? Single : Double;

    /// <summary>The loops of a width.</summary>
    public (double Pair, double GradientPair, double TransferFlop) Loop(RegisterWidth width) => Loops[Index(width)];

    /// <summary>How much longer a kernel's pair takes than Laplace's, by expectation: the measurement of <see cref="CalibrationLoop{TKernel, T, TRegister}"/> corrects it.</summary>
    public double PairFactor<TKernel>(TKernel kernel, RegisterWidth width, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        KernelFlops flops = KernelFlops.Of(kernel, gradient);
        (double potential, double withGradient) = Exponential[Index(width)];
        return (flops.OneWay + (flops.Exponentials * (gradient ? withGradient : potential))) / (gradient ? GradientPairFlops : PairFlops);
    }

    /// <summary>Coefficients of a series of 1 / r.</summary>
    public double SeriesLength(int order) => Math.Min(LongestSeries, _series[order - FmmOptions.SmallestOrder]);

    /// <summary>The factor of the roots that an order asks for.</summary>
    /// <param name="precision">Precision of the hot loops.</param>
    /// <param name="order">Order.</param>
    /// <param name="full">Whether the roots have all digits whatever the order.</param>
    public double Root(Precision precision, int order, bool full)
    {
        (int first, int second) = precision == Precision.Single
            ? (RootOrders.EstimateOrder, RootOrders.EstimateOrder)
            : (RootOrders.NewtonOrder, RootOrders.CubicOrder);
        return full || order > second ? Roots.Full : order > first ? Roots.Middle : Roots.Short;
    }

    private static int Index(RegisterWidth width) => width switch
    {
        RegisterWidth.Bits512 => 0,
        RegisterWidth.Bits256 => 1,
        RegisterWidth.Bits128 => 2,
        _ => 3,
    };

    private static ReferenceCosts Single { get; } = new()
    {
        NearPair = (4.7e-11, 1.18e-10),
        Roots = (0.58, 1, 1),
        Pair = (1.2e-10, 1.9e-10),
        MixedPair = (2.9e-10, 4.6e-10),
        Padding = 4,
        Member = 3.5e-8,
        Moment = 1.3e-11,
        SeriesTerm = (1.3e-11, 4e-11),
        SeriesLeaf = 1.9e-9,
        ProductFlop = 1e-11,
        LongestSeries = 912,
        Leaf = 1e-6,
        Loops = [(9.2e-11, 1.55e-10, 7.4e-12), (1.64e-10, 3.0e-10, 1.02e-11), (3.26e-10, 6.0e-10, 1.5e-11), (2.0e-9, 2.54e-9, 8.8e-11)],
        Exponential = [(26, 30), (200, 210), (141, 152), (11, 27)],
    };

    private static ReferenceCosts Double { get; } = new()
    {
        NearPair = (9.3e-11, 2.4e-10),
        Roots = (1, 1.28, 1.42),
        Pair = (2.8e-10, 4.35e-10),
        MixedPair = (2.9e-10, 4.6e-10),
        Padding = 5,
        Member = 4.4e-8,
        Moment = 2.4e-11,
        SeriesTerm = (2.8e-11, 8e-11),
        SeriesLeaf = 2.0e-9,
        ProductFlop = 1.2e-11,
        LongestSeries = double.PositiveInfinity,
        Leaf = 1e-6,
        Loops = [(2.3e-10, 3.8e-10, 1.03e-11), (7.3e-10, 8.2e-10, 1.5e-11), (1.5e-9, 1.66e-9, 4e-11), (3.0e-9, 3.4e-9, 8.8e-11)],
        Exponential = [(34, 41), (54, 95), (20, 44), (6, 15)],
    };
}
