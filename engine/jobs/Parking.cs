namespace Fmm.Engine;

/// <summary>A place for one thread to sleep. A signal that comes before the sleep is kept.</summary>
internal sealed class Parking
{
    private readonly object _gate = new();
    private bool _signalled;

    /// <summary>Sleeps until the signal, and takes it.</summary>
    internal void Sleep()
    {
        lock (_gate)
        {
            while (!_signalled) Monitor.Wait(_gate);
            _signalled = false;
        }
    }

    internal void Wake()
    {
        lock (_gate)
        {
            _signalled = true;
            Monitor.Pulse(_gate);
        }
    }
}
