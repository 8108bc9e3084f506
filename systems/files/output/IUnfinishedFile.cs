namespace Fmm.Files;

/// <summary>A file on its way that leaves nothing behind when the process ends before it is finished.</summary>
internal interface IUnfinishedFile
{
    /// <summary>Leaves nothing behind of what was not committed; called by a signal, too, while the work still runs.</summary>
    void Abandon();
}
