using System.Diagnostics;

namespace Fmm.Engine;

/// <summary>What a rank does between two looks at what it waits for.</summary>
/// <remarks>
/// The library moves messages only while somebody looks: whoever sleeps slows large ones down. So it looks without a pause for 2 us, then lets others of its core go
/// first, which may be the rank that it waits for, and sleeps only after 100 ms, and now and then. (Two ranks of MPICH on one core gather a number in 110 us if each
/// looks for 50 us first.)
/// </remarks>
internal struct MpiPause
{
    private static readonly long _spin = Stopwatch.Frequency / 500_000, _yield = Stopwatch.Frequency / 10;
    private int _looks;

    /// <summary>Pauses once.</summary>
    /// <param name="waited">Ticks of <see cref="Stopwatch"/> waited so far.</param>
    public void Once(long waited)
    {
        if (waited < _spin) Thread.SpinWait(8);
        else if (waited < _yield || ++_looks % 64 != 0) Thread.Yield();
        else Thread.Sleep(1);
    }
}
