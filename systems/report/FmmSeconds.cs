using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Where the time of an evaluation went, in seconds.</summary>
/// <param name="Tree">Wall time from points to nodes and columns in Morton order.</param>
/// <param name="Lists">Wall time of neighbour tables, lists and the cutting of work.</param>
/// <param name="Operators">Wall time of computing translation operators; 0 where they stood already.</param>
/// <param name="Evaluate">Wall time from the first operator to the gathered fields.</param>
/// <param name="BySystem">Busy time of each system, summed over threads and divided by their number, in the schedule's order.</param>
public sealed record FmmSeconds(double Tree, double Lists, double Operators, double Evaluate, IReadOnlyList<KeyValuePair<string, double>> BySystem)
{
    private static readonly string[] _tree =
        [nameof(FollowPoints), nameof(HandOverPoints), nameof(BoundPoints), nameof(CheckInput), nameof(EncodeKeys), nameof(SortPoints), nameof(ChooseLeaf), nameof(SplitNodes), nameof(BalanceTree), nameof(SpawnNodes), "PlacePoints"];

    private static readonly string[] _operators = [nameof(PrepareOperators), nameof(PrepareTransfers)];

    private static readonly string[] _lists =
        [nameof(LinkColleagues), nameof(BuildNearLists), nameof(BuildMixedLists), nameof(BuildFarLists), nameof(PlanWork)];

    /// <summary>Tree, lists and evaluation: what a step with new points costs.</summary>
    public double Total => Tree + Lists + Evaluate;

    /// <summary>The phases of a schedule's last update, and what each system adds to its busy time so far.</summary>
    /// <remarks>
    /// Systems overlap. The evaluation begins when P2P or P2M starts, whichever comes first; before that, wall time is shared between tree and lists in
    /// proportion to their busy time. At first use the operators run beside lists and near field: what of them lies behind the
    /// beginning of the evaluation is taken out of it, but never more than leaves its own busy time. Operators and those of M2L are made beside each
    /// other: the time that both take is counted once.
    /// </remarks>
    internal static Phases Read(SystemTimes times, Span<double> bySystem)
    {
        double tree = 0, lists = 0, operators = 0, operatorsStart = 0, operatorsEnd = 0, start = times.Seconds, busy = 0;
        for (int i = 0; i < times.Count; i++)
        {
            SystemTime time = times[i];
            bySystem[i] += time.BusySeconds / Math.Max(1, times.Workers);
            if (_tree.Contains(time.System)) tree += time.BusySeconds;
            else if (_lists.Contains(time.System)) lists += time.BusySeconds;
            else if (_operators.Contains(time.System))
            {
                double end = time.StartSeconds + time.Seconds, both = Math.Min(end, operatorsEnd) - Math.Max(time.StartSeconds, operatorsStart);
                operators += time.Seconds - Math.Max(0, both);
                (operatorsStart, operatorsEnd) = (time.StartSeconds, Math.Max(end, operatorsEnd));
            }
            else busy += time.BusySeconds;
            if (time.System is "P2P" or "P2M") start = Math.Min(start, time.StartSeconds);
        }
        double before = tree + lists;
        double waited = Math.Clamp(operatorsEnd - start, 0, operators);
        double evaluate = times.Seconds - start - waited;
        if (waited > 0) evaluate = Math.Max(evaluate, busy / Math.Max(1, times.Workers));
        return before > 0 ? new Phases(start * tree / before, start * lists / before, operators, evaluate) : new Phases(0, 0, operators, evaluate);
    }

    /// <summary>The phases alone.</summary>
    internal readonly record struct Phases(double Tree, double Lists, double Operators, double Evaluate)
    {
        public static Phases operator +(Phases a, Phases b) => new(a.Tree + b.Tree, a.Lists + b.Lists, a.Operators + b.Operators, a.Evaluate + b.Evaluate);
    }
}
