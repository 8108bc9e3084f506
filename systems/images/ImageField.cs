using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: moments of the charges in a box that repeats, in the tree's units about the root's centre, and what the background makes of them.</summary>
internal sealed class ImageField
{
    // A sum of charges this far below that of their magnitudes is rounding.
    private const double Neutral = 1e-12;

    /// <summary>What the squared distance from <see cref="Centre"/> is multiplied by, a unit of charge, in the potential of the background; 0 without one.</summary>
    public double Curvature { get; set; }

    /// <summary>The root's centre, in the user's units.</summary>
    public Position Centre { get; set; }

    /// <summary>Sum of the charges.</summary>
    public double Charge { get; set; }

    /// <summary>Sum of their magnitudes.</summary>
    public double Magnitude { get; set; }

    /// <summary>Sum of charge times place.</summary>
    public Position Dipole { get; set; }

    /// <summary>Sum of charge times squared distance.</summary>
    public double SecondMoment { get; set; }

    /// <summary>Whether the kernel reaches so far that a charge in all is told of: 1/r.</summary>
    public bool IsUnscreened { get; set; }

    /// <summary>Whether the charges have a sum.</summary>
    public bool IsCharged => Math.Abs(Charge) > Neutral * Magnitude;

    /// <summary>Whether the background's potential is to be added at targets.</summary>
    public bool HasBackground => Curvature != 0 && IsCharged;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        (Curvature, Charge, Magnitude, SecondMoment, IsUnscreened) = (0, 0, 0, 0, false);
        (Centre, Dipole) = (default, default);
    }

    /// <summary>Adds up what several ranks have summed of their charges.</summary>
    public void SumOver(IRanks ranks)
    {
        Span<double> sums = [Charge, Magnitude, Dipole.X, Dipole.Y, Dipole.Z, SecondMoment];
        ranks.Sum(sums);
        (Charge, Magnitude, Dipole, SecondMoment) = (sums[0], sums[1], new Position(sums[2], sums[3], sums[4]), sums[5]);
    }

    /// <summary>What the user should know of the charges; null where they are neutral or screened.</summary>
    /// <param name="box">The box.</param>
    /// <param name="unit">The unit of the charges.</param>
    public string? Warning(PeriodicBox box, double unit)
    {
        if (!IsUnscreened || !IsCharged) return null;
        double charge = Charge * unit;
        return box.Axes == PeriodicAxes.XYZ
            ? FormattableString.Invariant($"The charges sum to {charge:g6}: a uniform background of {-charge / (box.Edges.X * box.Edges.Y * box.Edges.Z):g6} a volume neutralises the box, and the potential's mean over it is 0.")
            : FormattableString.Invariant($"The charges sum to {charge:g6}: the sum over images diverges by a constant, which is left out of the potential; differences and gradients are as they are.");
    }
}
