using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Finds the order for a tolerance: that which such points usually need, and one more whenever direct sums at some targets show a
/// larger error. How far charges cancel decides over a factor of two of the relative error, and nothing but a measurement tells.
/// </summary>
/// <remarks>
/// The order is checked at the first evaluation, whenever the number of points or their shape changes, and at each
/// sixteenth set of points, as in a loop that moves them. 256 direct sums cost what 3 % of an evaluation cost. The order never falls; what
/// it did not help against is not tried again for the like error.
/// </remarks>
internal sealed class OrderSearch(double tolerance, Precision precision)
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

    private readonly CloudShape _shape = new();
    private (long Sources, long Targets, bool Surface) _points;
    private double _lastError = double.PositiveInfinity;
    private double _givenUp;
    private int _sets;

    /// <summary>The order; 0 before there are points.</summary>
    public int Order { get; private set; }

    /// <summary>True until the error for these points was found small enough.</summary>
    public bool IsPending { get; private set; }

    /// <summary>The measured error that the order was accepted with; NaN where it was not measured.</summary>
    public double Error { get; private set; } = double.NaN;

    /// <summary>Takes new points into account.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="targets">Number of targets.</param>
    public void See(ReadOnlySpan<Position> sources, int targets) => See(sources, sources.Length, targets);

    /// <summary>Takes new points into account.</summary>
    /// <param name="sample">Sources, or an even sample of them.</param>
    /// <param name="sources">Number of sources.</param>
    /// <param name="targets">Number of targets.</param>
    public void See(ReadOnlySpan<Position> sample, long sources, long targets)
    {
        (long, long, bool) points = (sources, targets, _shape.IsSurface(sample));
        if (Order == 0) Order = ErrorOfOrder.Usual(tolerance, precision, points.Item3);
        if (points == _points && ++_sets % SetsACheck != 0) return;
        _points = points;
        _sets = 0;
        Restart();
        IsPending = true;
    }

    /// <summary>Forgets what an evaluation that failed had measured: the next one may have other charges.</summary>
    public void Restart() => _lastError = double.PositiveInfinity;

    /// <summary>Tells whether the order will do, and raises it if not.</summary>
    /// <param name="error">Relative error of the potential at <see cref="Targets"/> targets; what is not a number is no order's fault.</param>
    /// <returns>True if it will do, or no other will.</returns>
    public bool Accepts(double error)
    {
        bool fell = error < Falling * _lastError, wanting = Margin * error > tolerance && !(error <= Like * _givenUp);
        Error = error;
        _lastError = error;
        IsPending = wanting && fell && Order < FmmOptions.LargestOrder;
        if (IsPending) Order++;
        else if (wanting) _givenUp = Math.Max(_givenUp, error);
        return !IsPending;
    }
}
