using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The near field target by target: sources are gathered around a run of targets and act on them.</summary>
internal sealed unsafe class OneWayNear<TKernel, T, TLane>(Ledger ledger, TKernel kernel, bool gradient) : NearJob<T>, IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly WorkerScratch<T> _scratch = new(ledger, "P2P: scratch");
    private readonly int _components = DirectSum<TKernel, T, TLane>.Components(gradient);
    private NearInput<T>? _input;
    private Counters? _counters;

    private static int SumStride => DirectSum<TKernel, T, TLane>.Padded(WorkPlan.RowsARun);

    /// <inheritdoc/>
    public override void Run(NearInput<T> input, Jobs jobs, Counters counters)
    {
        _input = input;
        _counters = counters;
        _scratch.Prepare(jobs.WorkerCount, (_components * SumStride) + SourceScratch<T>.Length(TKernel.SourceComponents));
        jobs.For(input.Plan.NearUnits.Length - 1, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        NearInput<T> input = _input!;
        WorkPlan plan = input.Plan;
        T* sums = _scratch.Of(worker);
        SourceScratch<T> scratch = input.Points.Scratch(sums + (_components * SumStride), TKernel.SourceComponents);
        long pairs = 0;
        for (int i = plan.NearUnits.Pointer[unit]; i < plan.NearUnits.Pointer[unit + 1]; i++)
        {
            NearRun run = plan.NearRuns.Pointer[i];
            new Span<T>(sums, _components * SumStride).Clear();
            pairs += AddMembers(input, run, scratch, sums);
            FieldRows.Set(
                sums, SumStride, _components, run.Count, T.CreateTruncating(kernel.Normalisation), input.Field + ((nint)run.Start * _components));
        }
        _counters!.Add(pairs, pairs * TKernel.PairFlops(gradient), 0);
    }

    /// <inheritdoc/>
    public override void Dispose() => _scratch.Dispose();

    // Collects members until the run of sources is full, then lets them act on the targets.
    private long AddMembers(NearInput<T> input, NearRun run, SourceScratch<T> scratch, T* sums)
    {
        Position centre = input.Centre(run.Level, run.Row);
        PointList<T> targets = input.Points.Targets(run.Start, run.Count);
        int count = 0;
        long sources = 0;
        for (NearLists.Members member = input.Lists.Of(run.Level, run.Row); member.Next();)
        {
            SourceRange range = member.Sources;
            Position other = input.Centre(member.Level, member.Row);
            Position shift = new(other.X - centre.X, other.Y - centre.Y, other.Z - centre.Z);
            sources += range.Count;
            for (int start = range.Start; start < range.End;)
            {
                int piece = Math.Min(range.End - start, SourceScratch<T>.Capacity - count);
                scratch.Append(count, start, piece, shift);
                count += piece;
                start += piece;
                if (count < SourceScratch<T>.Capacity) continue;
                Act(targets, scratch, count, sums);
                count = 0;
            }
        }
        Act(targets, scratch, count, sums);
        return sources * run.Count;
    }

    private void Act(PointList<T> targets, SourceScratch<T> scratch, int count, T* sums) => DirectSum<TKernel, T, TLane>.Add(
        kernel, targets, new PointList<T>(scratch.X, scratch.Y, scratch.Z, count), scratch.Charges, sums, SumStride, gradient);
}
