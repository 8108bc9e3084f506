using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The near field target by target: sources are gathered around a run of targets and act on them. Pairs that lie too close for rounded
/// coordinates are then put right.
/// </summary>
internal sealed unsafe class OneWayNear<TKernel, T, TRegister>(Ledger ledger, LevelKernels<TKernel, T> kernels, double reach, bool gradient)
    : NearEvaluation<T>, IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly WorkerScratch<T> _scratch = new(ledger, "P2P: scratch");
    private readonly WorkerScratch<ClosePair> _close = new(ledger, "P2P: close pairs");
    private readonly NearOutcome _outcome = new(ledger);
    private readonly int _components = DirectSum<TKernel, T, TRegister>.Components(gradient);
    private readonly int _pairFlops = KernelFlops.Of(kernels.Kernel, gradient).OneWay;
    private NearInput<T>? _input;
    private Counters? _counters;

    private static int SumStride => DirectSum<TKernel, T, TRegister>.Padded(WorkPlan.RowsARun);

    /// <inheritdoc/>
    public override bool Run(NearInput<T> input, Jobs jobs, Counters counters)
    {
        _input = input;
        _counters = counters;
        int units = input.Plan.NearUnits.Length - 1;
        _scratch.Prepare(jobs.WorkerCount, (_components * SumStride) + SourceScratch<T>.Length(TKernel.SourceComponents));
        if (input.LooksForPairs) _close.Prepare(jobs.WorkerCount, OneWayRun<TKernel, T, TRegister>.MostClose);
        _outcome.Begin(units);
        jobs.For(units, this);
        return _outcome.Holds(input.TargetCount);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        NearInput<T> input = _input!;
        WorkPlan plan = input.Plan;
        T* sums = _scratch.Of(worker);
        SourceScratch<T> scratch = input.Points.Scratch(sums + (_components * SumStride), TKernel.SourceComponents);
        OneWayRun<TKernel, T, TRegister> run = new(
            input, kernels, reach, gradient, scratch, sums, SumStride, input.LooksForPairs ? _close.Of(worker) : null);
        bool finite = true;
        for (int i = plan.NearUnits.Pointer[unit]; i < plan.NearUnits.Pointer[unit + 1]; i++)
        {
            NearRun targets = plan.NearRuns.Pointer[i];
            new Span<T>(sums, _components * SumStride).Clear();
            run.Add(targets);
            FieldRows.Scale(
                sums, SumStride, _components, TKernel.PotentialComponents, targets.Count, kernels.PotentialFactor(targets.Level), kernels.GradientFactor(targets.Level));
            finite &= FieldRows.AreFinite(sums, SumStride, _components, targets.Count);
            FieldRows.Set(sums, SumStride, _components, targets.Count, input.Field + ((nint)targets.Start * _components));
        }
        _outcome.Note(unit, run.ClosePairCount, run.IsBeyond || !finite);
        _counters!.Add(run.Pairs, run.Pairs * _pairFlops, 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        _close.Dispose();
        _outcome.Dispose();
    }
}
