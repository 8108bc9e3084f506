using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Seconds to compute operators beside those to load them from a folder, and which of them the cache keeps unasked.</summary>
internal static class CacheTable
{
    private const int Runs = 3;

    // What is kept without being asked for is loaded in a tenth of the time at most.
    private const double LargestShare = 0.1;

    public static bool Run(TextWriter output, bool quick)
    {
        output.WriteLine("seconds to compute operators and to load them, the least of three; what is kept unasked is loaded in a tenth of the time");
        output.WriteLine("kernel     p  M2L         levels      MB  compute     load   share  kept");
        bool met = true;
        foreach ((int order, TransferStrategy transfer) in ((int, TransferStrategy)[])[(6, TransferStrategy.Compressed), (10, TransferStrategy.Compressed), (12, TransferStrategy.Compressed), (16, TransferStrategy.Fft), (16, TransferStrategy.Compressed)])
        {
            if (!quick || order < 12) met &= Row(output, default(Laplace), order, transfer, 2);
        }
        met &= Row(output, new Stokes(1), 6, TransferStrategy.Compressed, 2);
        if (!quick) met &= Row(output, new Stokes(1), 10, TransferStrategy.Compressed, 2);
        met &= Row(output, new Yukawa(1), 8, TransferStrategy.Fft, 20);
        if (!quick) met &= Row(output, new Yukawa(1), 8, TransferStrategy.Compressed, 20);
        return met;
    }

    private static bool Row<TKernel>(TextWriter output, TKernel kernel, int order, TransferStrategy transfer, int depth)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        string folder = Path.Combine(Path.GetTempPath(), $"fmm-operators-{Guid.NewGuid():N}"), own = folder + "-own";
        try
        {
            FmmOptions options = new() { Order = order, Transfer = transfer };
            double compute = double.PositiveInfinity, load = double.PositiveInfinity;
            OperatorCache? cache = null;
            for (int run = 0; run < Runs; run++)
            {
                compute = Math.Min(compute, Seconds(new OperatorCache(null, OperatorCachePolicy.WhereItPays), keep: false));
                Seconds(cache = new OperatorCache(folder, OperatorCachePolicy.Always), keep: true);
                load = Math.Min(load, Seconds(cache = new OperatorCache(folder, OperatorCachePolicy.Always), keep: true));
            }
            OperatorCache automatic = new(own);
            Seconds(automatic, keep: true);
            int files = cache!.Entries.Count, kept = automatic.Entries.Count;
            bool within = kept == 0 || load <= LargestShare * compute;
            output.WriteLine(
                $"{TKernel.Name,-8}{order,4}  {transfer.ToString().ToLowerInvariant(),-12}{depth,6}{cache.Entries.Sum(one => one.Bytes) / 1e6,8:0.0}{compute,9:0.000}{load,9:0.000}{load / compute,8:0.00}  {kept} of {files}{(within ? "" : "  MISSED")}");
            return within;

            double Seconds(OperatorCache store, bool keep)
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                OperatorPreparation.Run(kernel, options with { OperatorStore = keep ? store : null }, extent: 200, depth);
                return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }
        finally
        {
            foreach (string one in (string[])[folder, own]) if (Directory.Exists(one)) Directory.Delete(one, recursive: true);
        }
    }
}
