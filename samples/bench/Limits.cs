namespace Fmm.Samples;

/// <summary>What the machine can do at this hour, measured: the yardsticks of every other figure.</summary>
/// <param name="Threads">Threads that the first two are measured on.</param>
/// <param name="Single">Rates in single precision.</param>
/// <param name="Double">Rates in double precision.</param>
/// <param name="CopyBandwidth">Bytes that one thread reads and writes a second when it copies a block larger than the caches.</param>
internal sealed record Limits(int Threads, LimitRates Single, LimitRates Double, double CopyBandwidth);
