using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Runs the comparison with direct sums on the threads that the method runs on.</summary>
/// <remarks>The step is the number of targets to compare.</remarks>
internal sealed class VerifyField(World world, FmmMethod method) : BaseSystem<World, int>(world)
{
    public FieldError Error { get; private set; }

    /// <summary>Ends the next comparison early; set before an update.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>The charge vectors of the last evaluation.</summary>
    public VectorSeries? Vectors { get; set; }

    public override void Update(in int step)
    {
        Error = method.Verify(step, Jobs, Cancellation);
        if (Vectors is not { IsSeries: true } series) return;
        try
        {
            for (int vector = series.Count - 2; vector >= 0; vector--)
            {
                Place(series, vector);
                Error = Error.Or(method.Compare(step, Jobs, Cancellation));
            }
        }
        finally
        {
            Place(series, series.Count - 1);
        }
    }

    private void Place(VectorSeries series, int vector)
    {
        series.ChargesOf(vector).CopyTo(method.Charges.Values.Span);
        series.Restore(vector, method.Fields);
        method.Charges.Unit = InputRules.ChargeUnit(NumberSums.Largest(method.Charges.Values.Span));
    }
}
