using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The near field pair by pair, each evaluated once and added to both points: a run of points (rows) and the near points behind it in Morton order
/// (columns) act on each other. A unit of work owns successive points, whose sums become fields at its end. What its pairs add to points of
/// later units waits in its spill (<see cref="SpillRun"/>), and is collected by the units that own them, in a fixed order.
/// </summary>
internal sealed unsafe class MutualNear<TKernel, T, TRegister, TApart, TPart>(Ledger ledger, LevelKernels<TKernel, T> kernels, double reach)
    : NearEvaluation<T>, IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TApart : unmanaged, IRegister<TApart, T>
    where TPart : struct, IFieldPart
{
    private readonly WorkerScratch<T> _scratch = new(ledger, "P2P: scratch");
    private readonly WorkerScratch<int> _offsets = new(ledger, "P2P: spill offsets");
    private readonly NativeBuffer<T> _spill = new(ledger, "P2P: spill");
    private readonly WorkerScratch<int> _close = new(ledger, "P2P: close pairs");
    private readonly NearOutcome _outcome = new(ledger);
    private readonly CollectJob _collect = new();
    private readonly int _pairFlops = KernelFlops.Of(kernels.Kernel, TPart.Gradient).Mutual;
    private readonly bool _showsCoincidence = CoincidentPair.Shows(kernels.Kernel);
    private NearInput<T>? _input;
    private Counters? _counters;

    private static int Components => MutualPairs<TKernel, T, TRegister, TPart>.Components;

    private static int HeldLength => (MutualPairs<TKernel, T, TRegister, TPart>.HeldLength + 63) / 64 * 64;

    /// <inheritdoc/>
    public override bool Run(NearInput<T> input, Jobs jobs, Counters counters)
    {
        _input = input;
        _counters = counters;
        WorkPlan plan = input.Plan;
        int units = plan.NearUnits.Length - 1;
        _scratch.Prepare(jobs.WorkerCount, HeldLength + MutualRuns<TKernel, T, TRegister, TApart, TPart>.Length + ((long)Components * WorkPlan.Padded(plan.WidestUnit)));
        _offsets.Prepare(jobs.WorkerCount, input.TotalRows);
        _spill.Resize(checked((int)(plan.SpillPoints.Pointer[units] * Components)));
        if (input.LooksForPairs) _close.Prepare(jobs.WorkerCount, MutualRuns<TKernel, T, TRegister, TApart, TPart>.CloseLength);
        _outcome.Begin(units);
        jobs.For(units, this);
        _collect.Owner = this;
        jobs.For(units, _collect);
        return _outcome.Holds(input.TargetCount);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        NearInput<T> input = _input!;
        WorkPlan plan = input.Plan;
        int start = plan.UnitStart(unit), count = plan.UnitEnd(unit) - start, stride = WorkPlan.Padded(count);
        T* held = _scratch.Of(worker);
        T* stream = held + HeldLength;
        T* own = stream + MutualRuns<TKernel, T, TRegister, TApart, TPart>.Length;
        int* offsets = _offsets.Of(worker);
        for (int i = plan.SpillOfUnit.Pointer[unit]; i < plan.SpillOfUnit.Pointer[unit + 1]; i++)
            offsets[plan.Spill.Pointer[i].Node] = plan.Spill.Pointer[i].Offset;
        T* spill = _spill.Pointer + (plan.SpillPoints.Pointer[unit] * Components);
        int spillStride = plan.SpillStride(unit);
        new Span<T>(own, stride * Components).Clear();
        new Span<T>(spill, spillStride * Components).Clear();
        MutualRuns<TKernel, T, TRegister, TApart, TPart> run = new(
            input, kernels, reach, _showsCoincidence, held, stream, own, start, count, stride, spill, spillStride, offsets, input.LooksForPairs ? _close.Of(worker) : null);
        for (int i = plan.NearUnits.Pointer[unit]; i < plan.NearUnits.Pointer[unit + 1]; i++) run.Add(plan.NearRuns.Pointer[i]);
        FieldRows.Set(own, stride, Components, count, input.Field + ((nint)start * Components));
        _outcome.Note(unit, run.ClosePairCount, run.IsBeyond || !FieldRows.AreFinite(own, stride, Components, count));
        _counters!.Add((2 * run.Pairs) + count, run.Pairs * _pairFlops, 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        _offsets.Dispose();
        _close.Dispose();
        _outcome.Dispose();
        _spill.Dispose();
    }

    // Adds what the units before hold for a unit's points, in the order of those units.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Collect(int unit)
    {
        WorkPlan plan = _input!.Plan;
        int start = plan.UnitStart(unit), end = plan.UnitEnd(unit);
        for (int other = 0; other < unit; other++)
        {
            int first = plan.SpillOfUnit.Pointer[other], last = plan.SpillOfUnit.Pointer[other + 1];
            if (first == last || plan.Spill.Pointer[last - 1].Start + plan.Spill.Pointer[last - 1].Count <= start) continue;
            T* spill = _spill.Pointer + (plan.SpillPoints.Pointer[other] * Components);
            int stride = plan.SpillStride(other);
            int from = new ReadOnlySpan<SpillRun>(plan.Spill.Pointer + first, last - first).BinarySearch(new SpillRun(start, 0, 0, 0));
            // A leaf that is cut between units may begin before.
            for (int i = first + Math.Max(0, (from < 0 ? ~from : from) - 1); i < last && plan.Spill.Pointer[i].Start < end; i++)
            {
                SpillRun run = plan.Spill.Pointer[i];
                int low = Math.Max(run.Start, start), count = Math.Min(run.Start + run.Count, end) - low;
                if (count <= 0) continue;
                FieldRows.Add(
                    spill + run.Offset + low - run.Start, stride, Components, count, _input.Field + ((nint)low * Components));
            }
        }
    }

    private sealed class CollectJob : IJob
    {
        public MutualNear<TKernel, T, TRegister, TApart, TPart>? Owner;

        public void Execute(int unit, int worker) => Owner!.Collect(unit);
    }
}
