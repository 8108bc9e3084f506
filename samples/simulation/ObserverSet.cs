namespace Fmm.Samples;

/// <summary>Several observers as one.</summary>
internal sealed class ObserverSet(IEnumerable<ISimulationObserver> observers) : ISimulationObserver
{
    private readonly ISimulationObserver[] _observers = [.. observers];

    /// <inheritdoc/>
    public void Begin(Simulation simulation)
    {
        foreach (ISimulationObserver one in _observers) one.Begin(simulation);
    }

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        foreach (ISimulationObserver one in _observers) one.AfterStep(simulation, seconds);
    }

    /// <inheritdoc/>
    public void Fail(Simulation simulation, string fault)
    {
        foreach (ISimulationObserver one in _observers) one.Fail(simulation, fault);
    }

    /// <inheritdoc/>
    public void End(Simulation simulation)
    {
        foreach (ISimulationObserver one in _observers) one.End(simulation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _observers.Length - 1; i >= 0; i--) _observers[i].Dispose();
    }
}
