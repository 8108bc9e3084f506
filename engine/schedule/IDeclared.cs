namespace Fmm.Engine;

/// <summary>A system that tells the schedule what it touches; <see cref="BaseSystem{W, T}"/> does. A system that is only an
/// <see cref="ISystem{T}"/> runs alone.</summary>
public interface IDeclared
{
    /// <summary>The name in messages and tables; no other system of the schedule may have it.</summary>
    string Name { get; }

    /// <summary>What it touches; asked for once, when the schedule is built.</summary>
    Access Access { get; }

    /// <summary>Called by the schedule around each of the system's updates.</summary>
    /// <param name="jobs">Runs units on the schedule's workers; <see cref="Jobs.Serial"/> after the update.</param>
    /// <param name="counters">Takes the counts of the update.</param>
    void Attach(Jobs jobs, Counters counters);
}
