using Fmm.Engine;

namespace Fmm.Tests;

/// <summary>A dispatcher whose doing is given by the test.</summary>
internal sealed class HostDispatcher(int threads, Action<IWorker, int> dispatch) : IThreadDispatcher
{
    private bool _asked;

    /// <summary>What ThreadCount is from the second time on; 0: as at first.</summary>
    internal int Later { get; set; }

    public int ThreadCount
    {
        get
        {
            int count = _asked && Later != 0 ? Later : threads;
            _asked = true;
            return count;
        }
    }

    public void Dispatch(IWorker worker) => dispatch(worker, ThreadCount);
}
