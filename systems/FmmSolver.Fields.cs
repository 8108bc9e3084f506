using Fmm.Engine;

namespace Fmm.Systems;

/// <content>Fields that are read where the method has them, for hosts whose arrays are no spans of doubles.</content>
public sealed partial class FmmSolver
{
    /// <summary>The charges that the last evaluation was given, vector after vector; none after a method of another order took the place of theirs.</summary>
    internal ReadOnlySpan<double> Charges => _method.Series.IsSeries ? _method.Series.Charges.Span : Method.Charges.Values.Span;

    /// <summary>Whether the solver is given a tolerance, so that new points may end the method with its charges.</summary>
    internal bool HasTolerance => _search is not null;

    /// <summary>Refuses charges that the points do not take.</summary>
    /// <param name="vectors">How many, vector after vector.</param>
    /// <param name="charges">The charges.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a charge is not finite.</exception>
    /// <exception cref="InvalidOperationException">There are no points, or another call is running.</exception>
    internal void Require(int vectors, ReadOnlySpan<double> charges)
    {
        using SolverClaim.Held held = _claim.Take(nameof(Evaluate));
        _method.Require(new ChargeVectors(vectors), charges);
    }

    /// <summary>As <see cref="Evaluate(ChargeVectors, ReadOnlySpan{double}, Span{double}, Span{double}, Span{double}, IProgress{SystemProgress}?, CancellationToken)"/>, with fields read in place.</summary>
    /// <param name="vectors">How many, vector after vector.</param>
    /// <param name="charges">The charges, which <see cref="Require"/> has passed; they may be <see cref="Charges"/>.</param>
    /// <param name="read">Called once with the fields, vector after vector; what it throws leaves the fields standing.</param>
    /// <param name="progress">Told of each system that ends.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    internal void Evaluate(
        int vectors, ReadOnlySpan<double> charges, FieldReader read, IProgress<SystemProgress>? progress = null, CancellationToken cancellation = default)
    {
        using SolverClaim.Held held = _claim.Take(nameof(Evaluate));
        ChargeVectors given = new(vectors);
        Compute(given, charges, progress, cancellation);
        _evaluated = true;
        if (vectors == 1) read(Method.Fields.Potentials.Span, Method.Fields.Gradients.Span, Method.Fields.Hessians.Span);
        else read(_method.Series.Potentials.Span, _method.Series.Gradients.Span, _method.Series.Hessians.Span);
    }

    private void Compute(ChargeVectors vectors, ReadOnlySpan<double> charges, IProgress<SystemProgress>? progress, CancellationToken cancellation)
    {
        // The method may be replaced, and its charges with it.
        if (_search is not null && (charges.Overlaps(Method.Charges.Values.Span) || charges.Overlaps(_method.Series.Charges.Span))) charges = charges.ToArray();
        DropFields();
        _search?.Restart();
        _method.Begin(vectors, charges);
        for (int vector = 0; vector < vectors.Count; vector++)
        {
            Update(vector, progress, cancellation);
            if (_search is null || _search.Accepts(Method, Method.Charges.Values.Span, _dispatcher, cancellation))
            {
                if (vectors.Count > 1) _method.Series.Keep(Method.Fields);
                continue;
            }
            _method.Replace(_search.Order, keepPoints: true);
            _method.Begin(vectors, charges);
            vector = -1; // Another order for one is another for all.
        }
    }

    // Other ranks wait for one that throws: they are told why.
    private void Update(int vector, IProgress<SystemProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            _method.Update(vector, _dispatcher, progress, cancellation);
        }
        catch (Exception fault) when (_ranks is not null && fault is not (RankFailedException or FieldRangeException))
        {
            _ranks.Fail(fault.Message);
            throw;
        }
    }
}
