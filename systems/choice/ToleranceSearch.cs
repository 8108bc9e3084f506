using System.Numerics;
using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Keeps a tolerance: has the error measured when it may have changed, raises the order through <see cref="OrderSearch"/>, and tells what was found.</summary>
internal sealed class ToleranceSearch
{
    private const int EvaluationsACheck = 16;
    private readonly double _tolerance;
    private readonly bool _required;
    private readonly OrderSearch _order;
    private FieldError _error = new(double.NaN, double.NaN, null, 0);
    private double _cancellation;
    private int _since;

    public ToleranceSearch(double tolerance, FmmOptions options)
    {
        _tolerance = tolerance;
        _required = options.RequireTolerance;
        _order = new OrderSearch(tolerance, options.Precision);
    }

    /// <summary>The order; 0 before there are points.</summary>
    public int Order => _order.Order;

    /// <summary>What was found.</summary>
    public ToleranceReport Report => new(_tolerance, _error.PotentialL2, _error.GradientL2, _error.Samples, _since);

    /// <summary>Takes new points into account.</summary>
    /// <param name="sources">This rank's sources.</param>
    /// <param name="targets">Number of its targets.</param>
    /// <param name="ranks">The ranks, if there are several: the order is that for the points of all.</param>
    public void See(ReadOnlySpan<Position> sources, int targets, IRanks? ranks)
    {
        if (ranks is null) _order.See(sources, targets);
        else _order.See(RankSample.Places(ranks, sources, RankSample.Choose(ranks, sources.Length, CloudShape.Samples)), ranks.Sum((long)sources.Length), ranks.Sum((long)targets));
    }

    /// <summary>Forgets what an evaluation that failed had measured: the next one may have other charges.</summary>
    public void Restart() => _order.Restart();

    /// <summary>Tells whether the fields of an update will do.</summary>
    /// <param name="method">The method that computed them.</param>
    /// <param name="charges">What from.</param>
    /// <param name="dispatcher">Where direct sums run, if it comes to that.</param>
    /// <param name="cancellation">Ends them early.</param>
    /// <returns>False if they are to be computed again, with <see cref="Order"/>.</returns>
    /// <exception cref="ToleranceException">No order will do, and the options require it.</exception>
    public bool Accepts(FmmMethod method, ReadOnlySpan<double> charges, IThreadDispatcher dispatcher, CancellationToken cancellation)
    {
        Span<double> squares = [SquareSum(charges), SquareSum(method.Fields.Potentials.Span)];
        method.Link?.Ranks.Sum(squares);
        double cancelling = Math.Sqrt(squares[0] / squares[1]);
        if (!IsDue(cancelling))
        {
            _since++;
            return true;
        }
        if (!_order.IsPending) _order.Restart();
        _error = method.Estimate(dispatcher, cancellation);
        _cancellation = cancelling;
        _since = 0;
        if (!_order.Accepts(_error.PotentialL2)) return false;
        if (_required) Demand(method);
        return true;
    }

    /// <summary>Takes into account what direct sums told the user: the larger error counts.</summary>
    public void See(in FieldError error)
    {
        if (error.PotentialL2 <= _error.PotentialL2) return;
        _error = error;
        _since = 0;
    }

    private void Demand(FmmMethod method)
    {
        if (_error.PotentialL2 <= _tolerance && _error.GradientL2 is not double.NaN) return;
        ToleranceReport report = Report;
        throw new ToleranceException(report, report.Warning(method.ExpansionSizes.Order, method.Options.Precision)!);
    }

    // An expansion's error grows with the charges, the field with what is left of them.
    private bool IsDue(double cancelling) =>
        _order.IsPending || _required || _since + 1 >= EvaluationsACheck || !(_error.PotentialL2 * (cancelling / _cancellation) <= _tolerance);

    private static double SquareSum(ReadOnlySpan<double> values)
    {
        Vector<double> sums = default;
        ReadOnlySpan<Vector<double>> registers = MemoryMarshal.Cast<double, Vector<double>>(values);
        foreach (Vector<double> register in registers) sums += register * register;
        double sum = Vector.Sum(sums);
        foreach (double value in values[(registers.Length * Vector<double>.Count)..]) sum += value * value;
        return sum;
    }
}
