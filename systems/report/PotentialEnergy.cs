namespace Fmm.Systems;

/// <summary>Half of the sum of charge times potential over points that are sources and targets at once: each pair's energy once.</summary>
internal static class PotentialEnergy
{
    /// <summary>The energy of charges in their own potentials, added with the rounding of every step carried along (Neumaier 1974): energies cancel.</summary>
    /// <param name="charges">A number a point.</param>
    /// <param name="potentials">A number a point.</param>
    public static double Of(ReadOnlySpan<double> charges, ReadOnlySpan<double> potentials)
    {
        double sum = 0, lost = 0;
        for (int i = 0; i < charges.Length; i++)
        {
            double term = charges[i] * potentials[i], next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
        // Beyond the range what was lost is no number.
        return double.IsFinite(sum) ? (sum + lost) / 2 : sum / 2;
    }

    /// <summary>The energy of a method's last update; null where it has no meaning.</summary>
    public static double? Of(FmmMethod method)
    {
        ExpansionSizes sizes = method.ExpansionSizes;
        ReadOnlySpan<double> charges = method.Charges.Values.Span, potentials = method.Fields.Potentials.Span;
        bool isEnergy = method.Input.Shared && sizes is { SourceComponents: 1, PotentialComponents: 1 } && method.IsSymmetric;
        if (method.Link is RankLink link) return isEnergy ? link.Energy : null;
        return isEnergy && potentials.Length > 0 && potentials.Length == charges.Length ? Of(charges, potentials) : null;
    }
}
