using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The compressed transfers of a level. A box's densities, sorted by parity, become coefficients of a common
/// basis, the most significant first; for each of 26 classes of sources around an octet the leading coefficients become those
/// of the few fields that reach the octet, and for each parity of the octet they become coefficients of check potentials.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed class CompressedOperators<T> : ILevelOperators<CompressedOperators<T>>, IBasisOperators
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Ledger _ledger;

    private CompressedOperators(Ledger ledger)
    {
        _ledger = ledger;
        Source = new CompressedBasis<T>(ledger);
        Target = new CompressedBasis<T>(ledger);
        for (int i = 0; i < OctetMirrors.ClassCount; i++)
        {
            Gather[i] = new NativeBuffer<T>(ledger, "operators: compressed M2L, sources");
            Spread[i] = new NativeBuffer<T>(ledger, "operators: compressed M2L, targets");
        }
    }

    /// <inheritdoc/>
    public double HalfWidth { get; set; } = double.NaN;

    /// <summary>Rank of the common basis of densities.</summary>
    public int SourceRank => Source.Rank;

    /// <summary>Rank of the common basis of check potentials.</summary>
    public int TargetRank => Target.Rank;

    /// <summary>Mean rank of the transfer from a box to an octet, over the 26 classes.</summary>
    public double MeanRank => ClassRank.Skip(1).Average();

    /// <summary>Numbers of a register that the matrices are packed for.</summary>
    public int Lane { get; set; }

    public CompressedBasis<T> Source { get; }

    public CompressedBasis<T> Target { get; }

    /// <summary>Leading source coefficients that a class uses.</summary>
    public int[] SourceDepth { get; } = new int[OctetMirrors.ClassCount];

    /// <summary>Leading target coefficients that a class makes.</summary>
    public int[] TargetDepth { get; } = new int[OctetMirrors.ClassCount];

    /// <summary>Rank of a class.</summary>
    public int[] ClassRank { get; } = new int[OctetMirrors.ClassCount];

    /// <summary>Whether a class has no first factor, because two would not be cheaper than one.</summary>
    public bool[] Whole { get; } = new bool[OctetMirrors.ClassCount];

    /// <summary>First factor of a class: source coefficients to its rank.</summary>
    public NativeBuffer<T>[] Gather { get; } = new NativeBuffer<T>[OctetMirrors.ClassCount];

    /// <summary>Second factors of a class, one after the other for eight parities: rank to target coefficients.</summary>
    public NativeBuffer<T>[] Spread { get; } = new NativeBuffer<T>[OctetMirrors.ClassCount];

    /// <inheritdoc/>
    public static CompressedOperators<T> Create(Ledger ledger) => new(ledger);

    /// <inheritdoc/>
    public static bool FollowsKernel(string matrix) => CompressedMatrices.IsSpread(matrix);

    /// <inheritdoc/>
    public void Pack(PlainMatrices matrices, ExpansionSizes sizes, int lane, Jobs jobs)
    {
        using CompressedPacking<T> packing = new(this, matrices, sizes, lane, _ledger, jobs.WorkerCount);
        packing.Run(jobs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        Target.Dispose();
        foreach (NativeBuffer<T> buffer in Gather) buffer.Dispose();
        foreach (NativeBuffer<T> buffer in Spread) buffer.Dispose();
    }
}
