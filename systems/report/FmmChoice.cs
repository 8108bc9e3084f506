namespace Fmm.Systems;

/// <summary>What of a run the engine chose, and what spoke for it.</summary>
/// <param name="Tolerance">The tolerance that the order was chosen for; null where the order was given or left at 6.</param>
/// <param name="OrderError">The relative error at <see cref="OrderTargets"/> targets when the order was last checked; null where it was not.</param>
/// <param name="LeafChosen">Whether the leaf capacity was chosen for the points.</param>
/// <param name="TransferChosen">Whether the strategy of M2L was chosen.</param>
/// <param name="NearSeconds">Predicted wall time of the near field; 0 unless the leaf was chosen.</param>
/// <param name="FarSeconds">Predicted wall time of tree, lists and far field; 0 unless the leaf was chosen.</param>
/// <param name="NearOverFar">
/// How much slower near field is here beside far field than on the machine that the costs were measured on, a power of two.
/// </param>
public sealed record FmmChoice(
    double? Tolerance, double? OrderError, bool LeafChosen, bool TransferChosen, double NearSeconds, double FarSeconds, double NearOverFar)
{
    /// <summary>Targets at which the order for a tolerance is checked.</summary>
    public const int OrderTargets = OrderSearch.Targets;

    internal static FmmChoice Of(FmmMethod method, int threads, double orderError) => new(
        method.Options.Order is null ? method.Options.Tolerance : null, double.IsFinite(orderError) ? orderError : null,
        method.Leaf.Chosen, TransferChoice.IsChosen(method.Options),
        method.Leaf.NearSeconds / threads, method.Leaf.FarSeconds / threads, method.Leaf.NearOverFar);
}
