using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Seconds of one thread for each unit of work, measured on two cores of an AMD EPYC (Zen 5) with 512-bit registers and OpenBLAS by
/// <c>dotnet run -c Release --project perf -- costs</c>, which prints this table anew. What the choice of leaf and strategy needs of
/// it are ratios; <see cref="Calibration"/> corrects the one between near and far field on other machines.
/// </summary>
internal sealed record ReferenceCosts
{
    /// <summary>A pair of the near field of Laplace's potential, and with the gradient.</summary>
    public required (double Potential, double Gradient) NearPair { get; init; }

    /// <summary>The same where sources and targets differ, and of particles with a surface.</summary>
    public required (double Potential, double Gradient) Pair { get; init; }

    /// <summary>Targets by which a leaf is rounded up in the near field, on the average.</summary>
    public required double Padding { get; init; }

    /// <summary>A member of a U list, beside its pairs.</summary>
    public required double Member { get; init; }

    /// <summary>A floating-point operation of a batch of matrix products.</summary>
    public required double GemmFlop { get; init; }

    /// <summary>A leaf beside its points, expansions and lists: its share of tree, lists and plan.</summary>
    public required double Leaf { get; init; }

    /// <summary>By order from 2: M2L of a pair of octets, and what an octet adds to that, by <see cref="TransferStrategy.Fft"/>.</summary>
    public required (double Pair, double Octet)[] Fft { get; init; }

    /// <summary>Seconds of <see cref="CalibrationLoop{TKernel, T, TLane, TOctet}"/> by width: 512, 256, 128 bits, scalars.</summary>
    public required (double Pair, double GradientPair, double TransferFlop)[] Loops { get; init; }

    /// <summary>The costs of a precision.</summary>
    public static ReferenceCosts Of(Precision precision) => precision == Precision.Single ? Single : Double;

    /// <summary>The loops of a width.</summary>
    public (double Pair, double GradientPair, double TransferFlop) Loop(LaneWidth width) => Loops[width switch
    {
        LaneWidth.Bits512 => 0,
        LaneWidth.Bits256 => 1,
        LaneWidth.Bits128 => 2,
        _ => 3,
    }];

    /// <summary>M2L of a pair of octets, and what an octet adds to that, by a strategy.</summary>
    public (double Pair, double Octet) Transfer(TransferStrategy strategy, int order) => strategy switch
    {
        TransferStrategy.Fft => Fft[order - FmmOptions.SmallestOrder],

        // 189 dense products of n_e^2 multiply-adds a node, 8 nodes an octet, 26 pairs an octet.
        _ => (2 * GemmFlop * Math.Pow((6 * (order - 1) * (order - 1)) + 2, 2) * 189 * 8 / 26, 0),
    };

    private static ReferenceCosts Single { get; } = new()
    {
        NearPair = (1e-10, 2e-10),
        Pair = (1e-10, 2e-10),
        Padding = 16,
        Member = 6e-8,
        GemmFlop = 5e-12,
        Leaf = 6e-7,
        Fft = [.. Enumerable.Range(2, 15).Select(p => (512.0 * 4 * p * p * (p + 1) * 1.5e-11, 5000.0 * 1e-9))],
        Loops = [(1e-10, 2e-10, 1e-11), (2e-10, 4e-10, 1e-11), (4e-10, 8e-10, 2e-11), (3e-9, 5e-9, 2e-10)],
    };

    private static ReferenceCosts Double { get; } = new()
    {
        NearPair = (2.5e-10, 4e-10),
        Pair = (2.5e-10, 4e-10),
        Padding = 8,
        Member = 6e-8,
        GemmFlop = 1e-11,
        Leaf = 6e-7,
        Fft = [.. Enumerable.Range(2, 15).Select(p => (512.0 * 4 * p * p * (p + 1) * 2e-11, 5000.0 * 1e-9))],
        Loops = [(2.5e-10, 4e-10, 1e-11), (5e-10, 8e-10, 2e-11), (1e-9, 1.6e-9, 4e-11), (4e-9, 7e-9, 2e-10)],
    };
}
