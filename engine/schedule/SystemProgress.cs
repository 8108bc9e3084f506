namespace Fmm.Engine;

/// <summary>Told after each system of a running update.</summary>
/// <param name="System">The system that finished.</param>
/// <param name="Finished">Systems that have finished so far, this one included.</param>
/// <param name="Total">Systems in the schedule.</param>
public readonly record struct SystemProgress(string System, int Finished, int Total);
