namespace Fmm.Files;

/// <summary>The files of a run that are not finished: what a signal has to clean up before it ends the process.</summary>
internal sealed class OpenOutputs
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly List<IUnfinishedFile> _open = [];

    /// <summary>Makes a file under the gate and keeps it in mind.</summary>
    public void Enter(IUnfinishedFile output, Action make)
    {
        lock (_gate)
        {
            make();
            _open.Add(output);
        }
    }

    /// <summary>Does what must not meet a signal half way: gives a file its name.</summary>
    public void Finish(Action commit)
    {
        lock (_gate) commit();
    }

    /// <summary>Forgets an output that has been closed.</summary>
    public void Leave(IUnfinishedFile output)
    {
        lock (_gate) _open.Remove(output);
    }

    /// <summary>
    /// Abandons all for good: the gate stays shut, so that nothing is made or committed any more while the process ends. A file system
    /// that does not answer keeps it open; the process must end all the same.
    /// </summary>
    public void AbandonAll()
    {
        if (!_gate.TryEnter(_patience)) return;
        foreach (IUnfinishedFile output in _open)
        {
            try
            {
                output.Abandon();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The folder has gone or changed hands meanwhile: the next run in it looks again.
            }
        }
    }
}
