namespace Fmm.Samples;

/// <summary>Someone who watches a run without changing it: a log, a checkpoint, a picture, a viewer.</summary>
/// <remarks>All calls come from the thread that steps, between steps, when world and fields stand still. A call of a warm step allocates nothing.</remarks>
public interface ISimulationObserver : IDisposable
{
    /// <summary>The first field has been computed; step 0, or the one that the run resumes from.</summary>
    void Begin(Simulation simulation);

    /// <summary>A step has ended.</summary>
    /// <param name="simulation">What runs.</param>
    /// <param name="seconds">Wall time of the step.</param>
    void AfterStep(Simulation simulation, double seconds);

    /// <summary>A step has failed, and no other will follow; <see cref="End"/> is not called.</summary>
    /// <param name="simulation">What ran; its rows are those of the middle of a step.</param>
    /// <param name="fault">What, where, and the remedy.</param>
    void Fail(Simulation simulation, string fault)
    {
    }

    /// <summary>The run is over, or was interrupted after a whole step.</summary>
    void End(Simulation simulation);
}
