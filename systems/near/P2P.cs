using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to particles: each target's sum over the sources of its leaf's U list, directly, and over those members of its
/// W and X lists that hold too few points for an expansion (<see cref="NearMembers"/>). Independent of the whole far field.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TLane">Registers.</typeparam>
public sealed unsafe class P2P<TKernel, T, TLane>(World world, TKernel kernel, Expansion expansion, bool gradient)
    : BaseSystem<World, FieldStep>(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelColumn<SourceRange> _sources = new();
    private readonly LevelColumn<TargetRange> _targets = new();
    private readonly LevelColumn<UList> _near = new();
    private readonly LevelColumn<WList> _finer = new();
    private readonly LevelColumn<XList> _coarser = new();
    private readonly PointColumns<T> _points = new();
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "P2P: scratch");
    private WorkPlan? _plan;
    private ListStore? _lists;
    private Domain _domain;
    private T* _field;

    /// <inheritdoc/>
    public override Access Access { get; } = PointColumns<T>.Declare(new Access())
        .ReadResource<TreeShape>().ReadResource<ListStore>().ReadResource<WorkPlan>()
        .Gather<NodeKey>().Gather<NodeLinks>().Gather<SourceRange>().Gather<TargetRange>()
        .Gather<UList>().Gather<WList>().Gather<XList>().WriteBlock<NearField, T>();

    private static int Components => TKernel.PotentialComponents * 4;

    private static int SumStride => DirectSum<TKernel, T, TLane>.Padded(1024);

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _lists = World.Resource<ListStore>();
        _domain = shape.Domain;
        _keys.Read(shape);
        _links.Read(shape);
        _sources.Read(shape);
        _targets.Read(shape);
        _near.Read(shape);
        _finer.Read(shape);
        _coarser.Read(shape);
        _points.Read(World.Resource<PointRows>());
        _field = World.Resource<PointRows>().Targets.Chunk.WriteBlock<NearField, T>().Pointer;
        _scratch.Prepare(Jobs.WorkerCount, (Components * SumStride) + SourceScratch<T>.Length(expansion.SourceComponents));
        Jobs.For(_plan.NearUnits.Length - 1, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        T* sums = _scratch.Of(worker);
        SourceScratch<T> scratch = _points.Scratch(sums + (Components * SumStride), expansion.SourceComponents);
        long pairs = 0;
        for (int i = _plan!.NearUnits.Pointer[unit]; i < _plan.NearUnits.Pointer[unit + 1]; i++)
        {
            NearRun run = _plan.NearRuns.Pointer[i];
            int components = DirectSum<TKernel, T, TLane>.Components(gradient);
            new Span<T>(sums, components * SumStride).Clear();
            Gathering gathering = new(this, run, scratch, sums);
            AddMembers(run, ref gathering);
            gathering.Flush();
            pairs += gathering.Pairs;
            FieldRows.Set(sums, SumStride, components, run.Count, T.CreateTruncating(kernel.Normalisation), _field + ((nint)run.Start * components));
        }
        Counters.Add(pairs, pairs * TKernel.PairFlops(gradient), 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        base.Dispose();
    }

    private void AddMembers(in NearRun run, ref Gathering gathering)
    {
        int surface = expansion.Surface.Count;
        UList near = _near[run.Level][run.Row];
        for (int i = near.Start; i < near.End; i++)
        {
            int entry = _lists!.U.Pointer[i];
            gathering.Add(run.Level + ListStore.RelativeLevel(entry), ListStore.Row(entry));
        }
        WList finer = _finer[run.Level][run.Row];
        for (int i = finer.Start; i < finer.End; i++)
        {
            int member = _lists!.W.Pointer[i];
            if (NearMembers.DirectW(_links[run.Level + 1][member], _sources[run.Level + 1][member], surface)) gathering.Add(run.Level + 1, member);
        }
        XList coarser = _coarser[run.Level][run.Row];
        if (coarser.Count == 0 || !NearMembers.DirectX(_links[run.Level][run.Row], _targets[run.Level][run.Row], surface)) return;
        for (int i = coarser.Start; i < coarser.End; i++) gathering.Add(run.Level - 1, _lists!.X.Pointer[i]);
    }

    // Collects members until the run of sources is full, then lets them act on the targets.
    private ref struct Gathering(P2P<TKernel, T, TLane> system, NearRun run, SourceScratch<T> scratch, T* sums)
    {
        private readonly Position _centre = NodeGeometry.Centre(system._domain, run.Level, system._keys[run.Level][run.Row].Value);
        private int _count;

        public long Pairs { get; private set; }

        public void Add(int level, int row)
        {
            SourceRange range = system._sources[level][row];
            Position centre = NodeGeometry.Centre(system._domain, level, system._keys[level][row].Value);
            Position shift = new(centre.X - _centre.X, centre.Y - _centre.Y, centre.Z - _centre.Z);
            for (int start = range.Start, left = range.Count; left > 0;)
            {
                int piece = Math.Min(left, SourceScratch<T>.Capacity - _count);
                scratch.Append(_count, start, piece, shift);
                _count += piece;
                start += piece;
                left -= piece;
                if (_count == SourceScratch<T>.Capacity) Flush();
            }
        }

        public void Flush()
        {
            DirectSum<TKernel, T, TLane>.Add(
                Kernel, system._points.Targets(run.Start, run.Count),
                new PointList<T>(scratch.X, scratch.Y, scratch.Z, _count), scratch.Charges, sums, SumStride, Gradient);
            Pairs += (long)_count * run.Count;
            _count = 0;
        }

        private readonly TKernel Kernel => system.KernelValue;

        private readonly bool Gradient => system.GradientValue;
    }

    private TKernel KernelValue => kernel;

    private bool GradientValue => gradient;
}
