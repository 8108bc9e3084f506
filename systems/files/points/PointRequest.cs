namespace Fmm.Files;

/// <summary>What a reader of points is asked for.</summary>
/// <param name="Components">Numbers of a charge: 1, or 3.</param>
/// <param name="WithTargets">False where the targets that the file may have are not wanted.</param>
/// <param name="Note">Told in a line what of the file is used otherwise than its user may think.</param>
/// <param name="Rows">Told how many points there are before or while they are read, to refuse more.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record PointRequest(
    int Components, bool WithTargets = true, Action<string>? Note = null, Action<long>? Rows = null, CancellationToken Cancellation = default);
