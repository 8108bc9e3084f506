using System.Globalization;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Refuses a run that would not fit into memory, before the kernel ends it without a word.</summary>
/// <param name="overruled">True to tell it and run all the same.</param>
/// <param name="note">Told where a run that would not fit goes on.</param>
/// <param name="free">Bytes that are free; null where nobody knows.</param>
internal sealed class MemoryGuard(bool overruled, Action<string> note, Func<long?> free)
{
    /// <summary>The option that overrules it.</summary>
    public const string Option = "--ignore-memory";

    // What the runtime takes by itself, code and all.
    private const long Runtime = 64 << 20;

    /// <summary>A guard that asks the machine.</summary>
    /// <param name="overruled">True to tell it and run all the same.</param>
    /// <param name="note">Told where a run that would not fit goes on.</param>
    /// <param name="sharing">Ranks that share the memory, each with as much to do.</param>
    public MemoryGuard(bool overruled, Action<string> note, int sharing = 1)
        : this(overruled, note, () => FreeMemory.Bytes() / sharing)
    {
    }

    /// <summary>Checks a run.</summary>
    /// <param name="subject">What takes the memory, such as "sphere with 1000 points".</param>
    /// <param name="engine">What the engine will take; null for nothing.</param>
    /// <param name="held">Bytes that the command itself will take for points, charges and fields.</param>
    /// <param name="points">How many points there are: a number that would fit is told in proportion.</param>
    /// <exception cref="InputException">It would not fit.</exception>
    public void Check(string subject, MemoryEstimate? engine, double held, long points)
    {
        double needed = (engine?.Total ?? 0) + held + Runtime;
        if (free() is not long available || needed <= available) return;
        string parts = engine is null ? "" : $" (points {Size(engine.Points + held)}, tree and expansions {Size(engine.Tree + engine.Expansions)}, operators {Size(engine.Operators)}, threads {Size(engine.Work)})";
        string told = $"{subject} needs about {Size(needed)} of memory{parts}, and {Size(available)} are free";
        if (overruled)
        {
            note($"{told}; going on because of {Option}");
            return;
        }

        long fit = (long)(points * (Math.Max(0.0, available - Runtime) / (needed - Runtime)));
        throw new InputException($"{told}; take fewer points (some {Rounded(fit)}), --precision single or a larger --leaf, or overrule this with {Option}");
    }

    /// <summary>Bytes as people say them.</summary>
    private static string Size(double bytes) => bytes >= 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");

    // Two digits: more would promise more than an estimate holds.
    private static long Rounded(long count)
    {
        long unit = 1;
        while (count / unit >= 100) unit *= 10;
        return count / unit * unit;
    }
}
