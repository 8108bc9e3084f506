namespace Fmm.Tests.Flow;

/// <summary>What a step takes from the managed heap, on all threads.</summary>
internal static class Allocations
{
    private const int Warming = 5, Trials = 12;

    /// <summary>Bytes that all threads took while an action ran.</summary>
    public static long During(Action action)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <summary>
    /// The least that a warm step took. The test host's own threads may allocate meanwhile, for as long as they report the tests before: one
    /// silent trial proves that the step itself does not.
    /// </summary>
    public static long OfWarm(Action step)
    {
        for (int i = 0; i < Warming; i++) step();
        long least = During(step);
        for (int i = 1; i < Trials && least > 0; i++)
        {
            Thread.Sleep(20 * i);
            least = Math.Min(least, During(step));
        }
        return least;
    }
}
