using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Estimates the error of the last update's field from direct sums at a sample of targets.</summary>
internal sealed class EstimateError(FmmMethod method, IFieldOracle oracle) : BaseSystem<World, int>(method.World)
{
    public TargetSample Sample { get; } = new();

    public FieldError Error { get; private set; }

    /// <summary>Ends the next estimate early; set before an update.</summary>
    public CancellationToken Cancellation { get; set; }

    public override void Update(in int step) =>
        Error = method.Link is not null ? method.CompareRanks(Jobs, Cancellation) : oracle.Estimate(method.Input, method.Charges, method.Fields, Sample, method.Tree.Shape, method.Options.Gradient, Jobs, Cancellation);
}
