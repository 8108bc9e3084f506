using System.Globalization;
using System.Text;

namespace Fmm.Engine;

/// <summary>The times of an update as text for people.</summary>
public static class TimesTable
{
    /// <summary>One line a system: wall and busy milliseconds, share of all busy time, units, pairs, GFLOP/s and GB/s of busy
    /// time, and under them the whole.</summary>
    /// <param name="times">The times.</param>
    public static string Format(SystemTimes times)
    {
        ArgumentNullException.ThrowIfNull(times);
        int width = Math.Max(6, times.Schedule.Length);
        for (int i = 0; i < times.Count; i++) width = Math.Max(width, times[i].System.Length);
        var text = new StringBuilder();
        text.Append("system".PadRight(width)).Append("    wall ms    busy ms  share      units          pairs  GFLOP/s     GB/s\n");
        double busy = times.BusySeconds;
        for (int i = 0; i < times.Count; i++)
        {
            SystemTime time = times[i];
            string share = (busy > 0 ? time.BusySeconds / busy : 0).ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
            text.Append(time.System.PadRight(width))
                .Append(CultureInfo.InvariantCulture, $" {time.Seconds * 1e3,10:F3} {time.BusySeconds * 1e3,10:F3} {share,6}")
                .Append(CultureInfo.InvariantCulture, $" {time.Units,10} {time.Pairs,14} {Rate(time.Flops, time.BusySeconds)} {Rate(time.Bytes, time.BusySeconds)}\n");
        }
        text.Append(times.Schedule.PadRight(width))
            .Append(CultureInfo.InvariantCulture, $" {times.Seconds * 1e3,10:F3} {busy * 1e3,10:F3}   100%   on {times.Workers} threads\n");
        return text.ToString();
    }

    private static string Rate(long count, double seconds) =>
        (count == 0 || seconds <= 0 ? "-" : (count / seconds * 1e-9).ToString("F1", CultureInfo.InvariantCulture)).PadLeft(8);
}
