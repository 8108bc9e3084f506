using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Finds the order for a tolerance: that which such points usually need, and one more whenever direct sums at some targets show a
/// larger error. How far charges cancel decides over a factor of two of the relative error, and nothing but a measurement tells.
/// </summary>
/// <remarks>
/// The order is checked at the first evaluation, whenever the number of points or their shape changes, and at each
/// sixteenth set of points, as in a loop that moves them. 256 direct sums cost what 3 % of an evaluation cost. The order never falls. Where
/// it does not help in single precision, leaves are made smaller, and as large as before where that was in vain; what was given up is not
/// tried again for the like error.
/// </remarks>
internal sealed class OrderSearch(double tolerance, Precision precision, bool leafIsFree = false)
{
    /// <summary>Targets of a check.</summary>
    public const int Targets = 256;

    private const int SetsACheck = 16;

    // The error at 256 targets is that at all of them to a few per cent.
    private const double Margin = 1.1;

    // Where an order lowers the error by less, rounding rules, and no other will.
    private const double Falling = 0.7;

    // What was given up once is not tried again until the error is so much larger.
    private const double Like = 2;

    // Smaller leaves round less; to ask for less than this share of what they are allowed otherwise takes several times as long.
    private const double LeastRounding = 0.25, Within = 0.7;
    private readonly CloudShape _shape = new();
    private (int Sources, int Targets, bool Surface) _points;
    private double _lastError = double.PositiveInfinity;
    private double _givenUp;
    private bool _refined, _restored;
    private int _sets;

    /// <summary>The order; 0 before there are points.</summary>
    public int Order { get; private set; }

    /// <summary>True until the error for these points was found small enough.</summary>
    public bool IsPending { get; private set; }

    /// <summary>The measured error that the order was accepted with; NaN where it was not measured.</summary>
    public double Error { get; private set; } = double.NaN;

    /// <summary>In single precision, the share of the rounding that leaves are allowed otherwise: lowered where no order helps.</summary>
    public double Rounding { get; private set; } = 1;

    /// <summary>Takes new points into account.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="targets">Number of targets.</param>
    public void See(ReadOnlySpan<Position> sources, int targets)
    {
        (int, int, bool) points = (sources.Length, targets, _shape.IsSurface(sources));
        if (Order == 0) Order = ErrorOfOrder.Usual(tolerance, precision, points.Item3);
        if (points == _points && ++_sets % SetsACheck != 0) return;
        _points = points;
        _sets = 0;
        Restart();
        IsPending = true;
    }

    /// <summary>Forgets what an evaluation that failed had measured: the next one may have other charges.</summary>
    public void Restart()
    {
        _lastError = double.PositiveInfinity;
        _refined = _restored = false;
    }

    /// <summary>Tells whether the order will do, and raises it if not.</summary>
    /// <param name="error">Relative error of the potential at <see cref="Targets"/> targets; what is not a number is no order's fault.</param>
    /// <returns>True if it will do, or no other will.</returns>
    public bool Accepts(double error)
    {
        bool fell = error < Falling * _lastError, wanting = Margin * error > tolerance && !(error <= Like * _givenUp) && !_restored;
        bool raise = wanting && fell && !_refined && Order < FmmOptions.LargestOrder;
        bool refine = wanting && !raise && !_refined && leafIsFree && precision == Precision.Single && Rounding == 1;
        bool restore = wanting && _refined;
        Error = error;
        _lastError = error;
        IsPending = raise || refine || restore;
        if (raise) Order++;
        if (refine) Rounding = Math.Clamp(Within * tolerance / error, LeastRounding, Within);
        if (restore) Rounding = 1;
        if (restore || _restored || (wanting && !IsPending)) _givenUp = Math.Max(_givenUp, error);
        _refined = refine;
        _restored = restore;
        return !IsPending;
    }
}
