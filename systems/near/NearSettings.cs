namespace Fmm.Systems;

/// <summary>How a near field treats pairs that lie close together.</summary>
/// <param name="Reach">Distance in half widths of a leaf below which a pair is evaluated from the user's coordinates.</param>
/// <param name="LooksForPairs">Whether there is anything to find: rounded coordinates, or a kernel that gives something at distance zero.</param>
/// <param name="Vanishes">Whether the kernel gives nothing at distance zero by itself.</param>
internal readonly record struct NearSettings(double Reach, bool LooksForPairs, bool Vanishes);
