using Fmm.Engine;

namespace Fmm.Tests.Flow;

/// <summary>Hears of each system that ends, on the thread that ran it.</summary>
internal sealed class Listener(Action<SystemProgress> hear) : IProgress<SystemProgress>
{
    public void Report(SystemProgress value) => hear(value);
}
