namespace Fmm.Samples;

/// <summary>Shows one simulation to all pages that watch, and does what they ask: pauses, single steps, a limit of speed, a new beginning.</summary>
/// <param name="viewer">The window.</param>
/// <param name="hub">Its pages.</param>
/// <param name="steps">Number of the last step.</param>
/// <param name="run">How many times the scene was begun anew.</param>
internal sealed class ViewObserver(Viewer viewer, ViewHub hub, int steps, int run) : ISimulationObserver
{
    private BodyNumber[] _numbers = [];
    private FrameEncoder? _encoder;
    private BodyNumber? _weight;
    private int _bodies;

    /// <inheritdoc/>
    public void Begin(Simulation simulation)
    {
        _numbers = BodyNumber.Of(simulation.Bodies);
        _weight = BodyNumber.WeightOf(simulation);
        _encoder = new FrameEncoder(simulation, _numbers, run);
        hub.Board.IsOver = false;
        ShowSizes(simulation);
        hub.Board.Statistics = new ViewStatistics(simulation);
        hub.Board.Statistics.Add(0, isLast: true);
        hub.Board.Scene = ViewScene.Of(simulation, _numbers, steps, run);
        viewer.AwaitPage();
        Show(isUrgent: false);
        Hold();
    }

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        if (hub.Count > 0 && simulation.World.CountEntities(simulation.Bodies) != _bodies) ShowSizes(simulation);
        bool isLast = simulation.Clock.Steps >= steps;
        hub.Board.Statistics!.Add(seconds, isLast || hub.Control.IsPaused);
        Show(isUrgent: false);
        if (!isLast) Hold();
    }

    /// <summary>Leaves the last frame to be looked at for as long as a page is open.</summary>
    public void End(Simulation simulation)
    {
        hub.Board.IsOver = true;
        hub.Ring();
        long left = long.MinValue / 2;
        while (viewer.IsWatched(ref left) && !viewer.IsCancelled)
        {
            long version = hub.Control.Version;
            if (hub.Control.TakeRestart()) throw new RunRestartedException();
            Catch();
            hub.Control.Wait(version, TimeSpan.FromMilliseconds(50));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // Waits where the pages want it to, and shows them what they turn to meanwhile.
    private void Hold()
    {
        while (!viewer.IsCancelled)
        {
            long version = hub.Control.Version;
            if (hub.Control.TakeRestart()) throw new RunRestartedException();
            if (hub.Count == 0 || hub.Control.MayStep(out TimeSpan wait)) return;
            Catch();
            hub.Control.Wait(version, wait);
        }
    }

    private void Show(bool isUrgent)
    {
        if (hub.Count == 0) return;
        hub.Offer(_encoder!, _numbers.Length, isUrgent);
        hub.Ring();
    }

    // A page that was too slow for the last frame, or wants to see something else.
    private void Catch()
    {
        if (hub.IsStale) Show(isUrgent: true);
        hub.Ring();
    }

    private void ShowSizes(Simulation simulation)
    {
        _bodies = simulation.World.CountEntities(simulation.Bodies);
        hub.Board.Sizes = _encoder!.Sizes(_weight);
    }
}
