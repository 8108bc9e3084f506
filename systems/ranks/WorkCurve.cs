using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// What a target costs along this rank's part of the Morton curve, as the last update measured it: some hundred places (fewer with thousands of ranks), each for the mean of the points from it to the next. It
/// says what any point there costs, so that the next tree is cut by work wherever points are given, and whether they are the same or not.
/// </summary>
/// <param name="ranks">How many ranks there are: all get the places of all.</param>
internal sealed unsafe class WorkCurve(int ranks)
{
    private const int FewestRungs = 8, MostRungs = 256, RungsOfAll = 1 << 17;
    private readonly Position[] _places = new Position[RungsOf(ranks)];
    private readonly double[] _work = new double[RungsOf(ranks)];

    /// <summary>Whether an update has measured it.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What a source costs that is no target.</summary>
    public double Source { get; private set; }

    /// <summary>Places of each of so many ranks.</summary>
    internal static int RungsOf(int ranks) => Math.Clamp(RungsOfAll / ranks, FewestRungs, MostRungs);

    /// <summary>Takes over what an update has measured.</summary>
    /// <param name="work">Of each target, in Morton order.</param>
    /// <param name="index">Where each stands in the input.</param>
    /// <param name="places">The input's places.</param>
    /// <param name="source">What a source costs that is no target.</param>
    public void Note(ReadOnlySpan<float> work, InputIndex* index, Position* places, double source)
    {
        int rungs = _work.Length;
        for (int rung = 0; rung < rungs; rung++)
        {
            int start = (int)((long)work.Length * rung / rungs), end = Math.Max((int)((long)work.Length * (rung + 1) / rungs), start + 1);
            double sum = 0;
            for (int i = start; i < end && i < work.Length; i++) sum += work[i];
            _work[rung] = sum / (end - start);
            if (work.Length > 0) _places[rung] = places[index[start].Value];
        }

        (IsKnown, Source) = (true, source);
    }

    /// <summary>The places of all ranks as keys, ascending, and what a target from each to the next costs; none if no rank had points.</summary>
    /// <param name="all">The ranks.</param>
    /// <param name="shape">The extent of the tree that is to be.</param>
    public (ulong[] Keys, double[] Work) Gather(IRanks all, TreeShape shape)
    {
        Rung[] own = new Rung[_work.Length], gathered = new Rung[own.Length * all.Count];
        for (int rung = 0; rung < own.Length; rung++) own[rung] = new Rung(EncodeKeys.Key(shape, _places[rung]), _work[rung]);
        all.Gather<Rung>(own, gathered);
        // A rank without targets has no work to tell of.
        Rung[] known = [.. gathered.Where(one => one.Work > 0)];
        (ulong[] keys, double[] work) = ([.. known.Select(one => one.Key)], [.. known.Select(one => one.Work)]);
        Array.Sort(keys, work);
        return (keys, work);
    }

    private readonly record struct Rung(ulong Key, double Work);
}
