using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The transfer operators of the compressed strategy. A box's densities, sorted by parity, become coefficients of a common
/// basis, the most significant first; for each of 26 classes of sources around an octet the leading coefficients become those
/// of the few fields that reach the octet, and for each parity of the octet they become coefficients of check potentials.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
public sealed class CompressedOperators<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal CompressedOperators(Ledger ledger)
    {
        Source = new CompressedBasis<T>(ledger);
        Target = new CompressedBasis<T>(ledger);
        for (int i = 0; i < OctetMirrors.ClassCount; i++)
        {
            Gather[i] = new NativeBuffer<T>(ledger, "operators: compressed M2L, sources");
            Spread[i] = new NativeBuffer<T>(ledger, "operators: compressed M2L, targets");
        }
    }

    /// <summary>Rank of the common basis of densities.</summary>
    public int SourceRank => Source.Rank;

    /// <summary>Rank of the common basis of check potentials.</summary>
    public int TargetRank => Target.Rank;

    /// <summary>Mean rank of the transfer from a box to an octet, over the 26 classes.</summary>
    public double MeanRank => ClassRank.Skip(1).Average();

    /// <summary>Numbers of a register that the matrices are packed for.</summary>
    internal int Lane { get; set; }

    internal CompressedBasis<T> Source { get; }

    internal CompressedBasis<T> Target { get; }

    /// <summary>Leading source coefficients that a class uses.</summary>
    internal int[] SourceDepth { get; } = new int[OctetMirrors.ClassCount];

    /// <summary>Leading target coefficients that a class makes.</summary>
    internal int[] TargetDepth { get; } = new int[OctetMirrors.ClassCount];

    /// <summary>Rank of a class.</summary>
    internal int[] ClassRank { get; } = new int[OctetMirrors.ClassCount];

    /// <summary>Whether a class has no first factor, because two would not be cheaper than one.</summary>
    internal bool[] Whole { get; } = new bool[OctetMirrors.ClassCount];

    /// <summary>First factor of a class: source coefficients to its rank.</summary>
    internal NativeBuffer<T>[] Gather { get; } = new NativeBuffer<T>[OctetMirrors.ClassCount];

    /// <summary>Second factors of a class, one after the other for eight parities: rank to target coefficients.</summary>
    internal NativeBuffer<T>[] Spread { get; } = new NativeBuffer<T>[OctetMirrors.ClassCount];

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        Target.Dispose();
        foreach (NativeBuffer<T> buffer in Gather) buffer.Dispose();
        foreach (NativeBuffer<T> buffer in Spread) buffer.Dispose();
    }
}
