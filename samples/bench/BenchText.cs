using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The bench as text for people.</summary>
internal sealed class BenchText(TextWriter output, Limits limits)
{
    // Systems below this share of the busy time are one line together.
    private const double Small = 0.01;

    /// <summary>The machine and its limits.</summary>
    public void Head(string command)
    {
        output.WriteLine($"# {command}");
        output.WriteLine($"# commit {MachineText.Commit()}");
        output.WriteLine($"# {MachineText.Machine(limits.Threads)}");
        output.WriteLine($"limits on {limits.Threads} threads");
        Rates("single", limits.Single);
        Rates("double", limits.Double);
        output.WriteLine($"  copy on one thread {limits.CopyBandwidth / 1e9:0.0} GB/s, read and written");
        output.WriteLine("GFLOP-equivalents: seconds of tree, lists and evaluation times the FMA peak of the precision");
    }

    /// <summary>A case: its trials, the best one's systems, the verdict.</summary>
    public void Case(BenchOutcome outcome)
    {
        BenchCase one = outcome.Case;
        output.WriteLine();
        output.WriteLine(
            $"{one.Name}: {outcome.Points} points, {one.Cloud}, {one.Precision}, {one.Kernel}, {(one.Gradient ? "potential and gradient" : "potential")},"
            + $" error at most {one.Error:0.0e+0}; target {one.TargetEquivalents:0} GFLOP-equivalents ({one.TargetSeconds:0.00} s on the reference machine) at {BenchOutcome.TargetPoints} points{(one.IsOwnTime ? ", this engine's own time and a quarter more" : "")}");
        if (outcome.Best is not BenchTrial best)
        {
            output.WriteLine($"  skipped: {outcome.Skipped}");
            return;
        }

        LimitRates rates = one.InSingle ? limits.Single : limits.Double;
        output.WriteLine("   p  leaf  depth  leaves     error   tree  lists  evaluate   total    wall  operators  peak MB  GFLOP-eq");
        foreach (BenchTrial trial in outcome.Trials)
        {
            FmmReport report = trial.Report;
            FmmSeconds seconds = report.Seconds;
            output.WriteLine(
                $"{report.Order,4}{report.Leaf,6}{report.Tree.Depth,7}{report.Tree.Leaves,8}{trial.Error,10:0.0e+0}{seconds.Tree,7:0.000}{seconds.Lists,7:0.000}"
                + $"{seconds.Evaluate,10:0.000}{seconds.Total,8:0.000}{trial.WallSeconds,8:0.000}{seconds.Operators,11:0.000}{trial.PeakBytes / 1e6,9:0}"
                + $"{trial.Seconds * rates.FmaFlops / 1e9,10:0.0}{(trial.Automatic ? "  automatic leaf" : "")}{(ReferenceEquals(trial, best) ? "  best" : "")}");
        }

        Phases(best);
        Systems(best, rates, one);
        foreach (TransferTimes transfer in outcome.Transfers)
        {
            BenchSystem m2l = transfer.System;
            output.WriteLine(
                $"  M2L by {transfer.Name,-11}{m2l.Seconds,8:0.0000} s{m2l.FlopRate / 1e9,8:0.0} GFLOP/s{Share(m2l.FlopRate, rates.FmaFlops),8} of FMA peak");
        }

        double equivalents = best.Seconds * rates.FmaFlops / 1e9;
        string verdict = outcome.Met(rates.FmaFlops) switch
        {
            true => "met",
            false when !one.IsReachedBy(best.Error) => "MISSED: not exact enough",
            false => $"MISSED by a factor {equivalents / one.TargetEquivalents:0.00}",
            null => "no target for this number of points",
        };
        if (outcome.SpeedUp is double speedUp)
            output.WriteLine($"  one thread takes {outcome.OneThreadSeconds:0.000} s: {limits.Threads} threads give {speedUp:0.00}x");

        output.WriteLine($"  {equivalents:0.0} of {one.TargetEquivalents:0} GFLOP-equivalents, {best.Seconds:0.000} of {one.TargetSeconds:0.00} s: {verdict}");
        output.Flush();
    }

    /// <summary>All cases, a line each.</summary>
    public void Summary(IReadOnlyList<BenchOutcome> outcomes)
    {
        output.WriteLine();
        output.WriteLine("case                    p  leaf     error  seconds   target  GFLOP-eq   target   ratio          t1/tn  peak MB  peer's");
        foreach (BenchOutcome outcome in outcomes)
        {
            BenchCase one = outcome.Case;
            if (outcome.Best is not BenchTrial best)
            {
                output.WriteLine($"{one.Name,-20} skipped: {outcome.Skipped}");
                continue;
            }

            double peak = (one.InSingle ? limits.Single : limits.Double).FmaFlops, equivalents = best.Seconds * peak / 1e9;
            string verdict = outcome.Met(peak) switch { true => "met", false => "MISSED", null => "-" };
            output.WriteLine(
                $"{one.Name,-20}{best.Report.Order,5}{best.Report.Leaf,6}{best.Error,10:0.0e+0}{best.Seconds,9:0.000}{one.TargetSeconds,9:0.000}{equivalents,10:0.0}"
                + $"{one.TargetEquivalents,9:0.0}{equivalents / one.TargetEquivalents,8:0.00}  {verdict,-6}{outcome.SpeedUp,8:0.00}{best.PeakBytes / 1e6,9:0}{one.PeerMegabytes,8:0}");
        }

        output.Flush();
    }

    private void Phases(BenchTrial trial)
    {
        BenchPhases phases = trial.Phases;
        output.WriteLine(
            $"  phases: tree {phases.Tree:0.000}, lists {phases.Lists:0.000}, near {phases.Near:0.000},"
            + $" far {phases.Upward + phases.Transfer + phases.Downward:0.000} (upward {phases.Upward:0.000}, transfer {phases.Transfer:0.000},"
            + $" downward {phases.Downward:0.000}), gather {phases.Gather:0.000}; waiting {Math.Max(0, trial.Seconds - phases.Sum):0.000}");
    }

    private void Rates(string precision, LimitRates rates)
    {
        output.WriteLine($"  {precision}: FMA {rates.FmaFlops / 1e9:0} GFLOP/s; near field in G pairs/s");
        foreach (PairRates one in rates.Pairs)
        {
            output.WriteLine(
                $"    roots up to order {one.LargestOrder}: one way {one.OneWay / 1e9:0.0}, with gradient {one.OneWayGradient / 1e9:0.0}; mutual {one.Mutual / 1e9:0.0}, with gradient {one.MutualGradient / 1e9:0.0}");
        }
    }

    private void Systems(BenchTrial trial, LimitRates rates, BenchCase one)
    {
        double busy = trial.Systems.Sum(system => system.Seconds), rest = 0;
        output.WriteLine("  system             seconds   share   GFLOP/s  of FMA peak  G pairs/s  of the bare loop");
        foreach (BenchSystem system in trial.Systems)
        {
            if (system.Seconds < Small * busy && system.Name is not ("P2P" or "M2L"))
            {
                rest += system.Seconds;
                continue;
            }

            string line = $"  {system.Name,-18}{system.Seconds,8:0.0000}{Share(system.Seconds, busy),8}";
            if (system.Flops > 0) line += $"{system.FlopRate / 1e9,10:0.0}{Share(system.FlopRate, rates.FmaFlops),13}";
            if (system.Pairs > 0) line += $"{system.PairRate / 1e9,11:0.00}";
            if (system.Name == "P2P" && one.Kernel == Laplace.Name)
                line += $"{Share(system.PairRate, rates.NearLimit(trial.Report.Order, one.Gradient)),18}";

            output.WriteLine(line);
        }

        output.WriteLine($"  {"others",-18}{rest,8:0.0000}{Share(rest, busy),8}");
    }

    private static string Share(double part, double whole) => whole > 0 ? $"{100 * part / whole:0.0} %" : "-";
}
