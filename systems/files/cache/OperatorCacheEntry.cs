namespace Fmm.Files;

/// <summary>What became of a level's operators.</summary>
/// <param name="File">The file that holds them.</param>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Part">Which of the operators.</param>
/// <param name="HalfWidth">Half width of the boxes, in the unit of the kernel's parameters; 1 for a homogeneous kernel.</param>
/// <param name="Loaded">True where they were loaded, false where they were computed and kept.</param>
/// <param name="Seconds">Wall time of loading or computing.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record OperatorCacheEntry(string File, string Kernel, string Part, double HalfWidth, bool Loaded, double Seconds, long Bytes);
