namespace Fmm.Samples;

/// <summary>What one system took and did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Busy seconds, divided by the threads.</param>
/// <param name="Flops">Floating-point operations; 0 where none are counted.</param>
/// <param name="Bytes">Bytes of the columns that it declares; 0 where that is not told.</param>
internal sealed record RunSystem(string Name, double Seconds, double Flops, double Bytes);
