using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>What a viewer is told of a scene once, when it connects or the scene begins anew.</summary>
/// <param name="Name">The scene's name.</param>
/// <param name="Run">How many times it was begun anew.</param>
/// <param name="Steps">Number of the last step.</param>
/// <param name="Head">Its settings, by name.</param>
/// <param name="Numbers">What colours points.</param>
/// <param name="Systems">The systems in the schedule's order, and the rows that each touches.</param>
/// <param name="Invariants">The names of what is told as it goes, and whether each is a drift.</param>
/// <param name="Threads">Threads that step.</param>
internal sealed record ViewScene(
    string Name, int Run, long Steps, IReadOnlyList<(string Name, object Value)> Head, BodyNumber[] Numbers, IReadOnlyList<SystemRows> Systems,
    IReadOnlyList<(string Name, bool IsDrift)> Invariants, int Threads)
{
    /// <summary>What there is to tell of a simulation whose first field stands.</summary>
    public static ViewScene Of(Simulation simulation, BodyNumber[] numbers, long steps, int run)
    {
        SystemTimes times = simulation.Schedule.Times;
        return new ViewScene(
            simulation.Name, run, steps, simulation.Head, numbers,
            [.. Enumerable.Range(0, times.Count).Select(index => SystemRows.Of(times[index].System, times.AccessOf(index), simulation))],
            [.. simulation.Invariants.Select(one => (one.Name, one.IsDrift))], simulation.Threads.ThreadCount);
    }
}
