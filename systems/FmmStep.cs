namespace Fmm.Systems;

/// <summary>What an update of the method is told.</summary>
/// <param name="PointsChanged">
/// True when the points differ from the last update's: tree and lists are rebuilt. False keeps them, and is refused where the points did
/// change or no update with them has ended.
/// </param>
public readonly record struct FmmStep(bool PointsChanged);
