namespace Fmm.Engine;

/// <summary>What one system spent in an update.</summary>
/// <param name="System">Its name.</param>
/// <param name="StartSeconds">When it started, from the start of the update.</param>
/// <param name="Seconds">Wall time from its start to its end; helping other systems meanwhile is in it.</param>
/// <param name="BusySeconds">Time that workers spent in it, summed over them; helping others is not in it.</param>
/// <param name="Units">Units that it ran.</param>
/// <param name="Pairs">Pairs that it counted.</param>
/// <param name="Flops">Floating-point operations that it counted.</param>
/// <param name="Bytes">Bytes that it counted.</param>
public readonly record struct SystemTime(
    string System, double StartSeconds, double Seconds, double BusySeconds, long Units, long Pairs, long Flops, long Bytes);
