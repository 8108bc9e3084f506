using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Resource: charge vectors that a solver evaluates one update after the other on the same points, and their fields. The first update's P2P sums the near
/// field of all of them, since a pair's geometry serves each; the rest of an update is one vector's own. One vector alone is no series.
/// </summary>
/// <remarks>
/// Far from the leaves nothing is left to share: moments and series are products with charges from the start, and translations are matrices that stand.
/// </remarks>
internal sealed class VectorSeries(Ledger ledger) : IDisposable
{
    /// <summary>Most vectors whose near field is summed together: as many as the loops take at once.</summary>
    public const int Most = 10;

    // Fewer than this cost no less together, target by target, than each pair of points does for both its ends.
    private const int FewestForBoth = 4;

    /// <summary>Vectors; 1 outside of a series.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>The vector of the running update, or of the last.</summary>
    public int Current { get; private set; }

    /// <summary>Whether the running update is one of a series.</summary>
    public bool IsSeries => Count > 1;

    /// <summary>The first of the vectors that the current one's near field is summed with.</summary>
    public int First => Current - (Current % Most);

    /// <summary>How many they are.</summary>
    public int Together => IsApart ? 1 : Math.Min(Most, Count - First);

    /// <summary>Whether each vector's near field is its own: over ranks, where an update brings the charges of one.</summary>
    public bool IsApart { get; init; }

    /// <summary>Whether it pays to sum them together.</summary>
    /// <param name="count">Vectors.</param>
    /// <param name="mutual">Whether one vector alone evaluates a pair for both its points.</param>
    public static bool Pays(int count, bool mutual) => count >= (mutual ? FewestForBoth : 2);

    /// <summary>All charges, vector after vector, in input order.</summary>
    public NativeBuffer<double> Charges { get; } = new(ledger, "vectors: charges");

    /// <summary>Potentials of the updates that ended, vector after vector.</summary>
    public NativeBuffer<double> Potentials { get; } = new(ledger, "vectors: potentials");

    /// <summary>Their gradients.</summary>
    public NativeBuffer<double> Gradients { get; } = new(ledger, "vectors: gradients");

    /// <summary>Their second derivatives.</summary>
    public NativeBuffer<double> Hessians { get; } = new(ledger, "vectors: hessians");

    /// <summary>The charges of a vector.</summary>
    public ReadOnlySpan<double> ChargesOf(int vector) => Of(Charges, vector);

    /// <summary>Begins with these charges; <see cref="Current"/> is the first.</summary>
    public void Begin(ChargeVectors vectors, ReadOnlySpan<double> charges, int components)
    {
        Count = vectors.Count;
        Current = 0;
        if (!IsSeries) return;
        Charges.Resize(charges.Length);
        vectors.Part(charges, components, Charges.Span);
    }

    /// <summary>Goes on to another vector.</summary>
    public void Take(int vector) => Current = vector;

    /// <summary>Keeps the fields of the current vector.</summary>
    public void Keep(FieldOutput fields)
    {
        Keep(fields.Potentials, Potentials);
        Keep(fields.Gradients, Gradients);
        Keep(fields.Hessians, Hessians);
    }

    /// <summary>Gives a vector's fields back, in the place of the last one's.</summary>
    public void Restore(int vector, FieldOutput fields)
    {
        Of(Potentials, vector).CopyTo(fields.Potentials.Span);
        Of(Gradients, vector).CopyTo(fields.Gradients.Span);
        Of(Hessians, vector).CopyTo(fields.Hessians.Span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Charges.Dispose();
        Potentials.Dispose();
        Gradients.Dispose();
        Hessians.Dispose();
    }

    private ReadOnlySpan<double> Of(NativeBuffer<double> all, int vector)
    {
        int length = all.Length / Count;
        return all.Span.Slice(vector * length, length);
    }

    private void Keep(NativeBuffer<double> one, NativeBuffer<double> all)
    {
        if (Current == 0) all.Resize(checked(Count * one.Length));
        one.Span.CopyTo(all.Span[(Current * one.Length)..]);
    }
}
