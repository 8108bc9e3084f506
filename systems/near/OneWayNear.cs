using System.Numerics;
using System.Runtime.CompilerServices;
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
    private readonly KernelFlops _flops = KernelFlops.Of(kernels.Kernel, gradient);
    private NearInput<T>? _input;
    private Counters? _counters;

    private static int SumStride => DirectSum<TKernel, T, TRegister>.Padded(WorkPlan.RowsARun);

    /// <inheritdoc/>
    public override bool Run(NearInput<T> input, Jobs jobs, Counters counters)
    {
        _input = input;
        _counters = counters;
        int units = input.Plan.NearUnits.Length - 1;
        _scratch.Prepare(jobs.WorkerCount, (_components * input.Vectors * (long)SumStride) + SourceScratch<T>.Length(TKernel.SourceComponents * input.Vectors));
        if (input.LooksForPairs) _close.Prepare(jobs.WorkerCount, OneWayRun<TKernel, T, TRegister>.MostClose);
        _outcome.Begin(units);
        jobs.For(units, this);
        return _outcome.Holds(input.TargetCount);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        NearInput<T> input = _input!;
        WorkPlan plan = input.Plan;
        int columns = _components * input.Vectors;
        T* sums = _scratch.Of(worker);
        SourceScratch<T> scratch = input.Points.Scratch(sums + ((nint)columns * SumStride), TKernel.SourceComponents * input.Vectors);
        OneWayRun<TKernel, T, TRegister> run = new(
            input, kernels, reach, gradient, scratch, sums, SumStride, input.LooksForPairs ? _close.Of(worker) : null);
        bool finite = true;
        for (int i = plan.NearUnits.Pointer[unit]; i < plan.NearUnits.Pointer[unit + 1]; i++)
        {
            NearRun targets = plan.NearRuns.Pointer[i];
            new Span<T>(sums, columns * SumStride).Clear();
            run.Add(targets);
            for (int vector = 0; vector < input.Vectors; vector++) finite &= Put(targets, sums + ((nint)vector * _components * SumStride), vector);
        }
        _outcome.Note(unit, run.ClosePairCount, run.IsBeyond || !finite);
        _counters!.Add(run.Pairs, run.Pairs * (_flops.OneWay + ((input.Vectors - 1L) * _flops.OneMore)), 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        _close.Dispose();
        _outcome.Dispose();
    }

    // The sums of a vector, to the rows of its field; false where one is not finite.
    private bool Put(NearRun targets, T* sums, int vector)
    {
        NearInput<T> input = _input!;
        FieldRows.Scale(
            sums, SumStride, _components, TKernel.PotentialComponents, targets.Count, kernels.PotentialFactor(targets.Level), kernels.GradientFactor(targets.Level));
        FieldRows.Set(sums, SumStride, _components, targets.Count, input.Field + ((((nint)vector * input.TargetCount) + targets.Start) * _components));
        return FieldRows.AreFinite(sums, SumStride, _components, targets.Count);
    }
}
