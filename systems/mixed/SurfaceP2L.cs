using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to local over the X lists: the sources of each member add their potential on the node's downward check surface,
/// for leaves and inner nodes alike, before L2L hands it down (Ying, Biros and Zorin 2004, section 3.3).
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed unsafe class SurfaceP2L<TKernel, T, TRegister>(World world, TKernel kernel, ExpansionSizes expansion)
    : P2L(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private static readonly QueryDescription _nodes = new QueryDescription()
        .WithAll<NodeKey, SourceRange, XList>().WithBlock<Local, T>();

    private static readonly QueryDescription _points = PointColumns<T>.Sources;
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<SourceRange> _sources = new();
    private readonly LevelColumn<XList> _coarser = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly PointColumns<T> _columns = new();
    private readonly SurfacePoints<T> _surface = new(world.Ledger, expansion.Surface);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "P2L: scratch");
    private readonly LevelKernels<TKernel, T> _kernels = new(kernel);
    private readonly int _pairFlops = KernelFlops.Of(kernel, gradient: false).OneWay;
    private WorkPlan? _plan;
    private MixedStore? _lists;
    private TreeShape? _shape;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).Gather(in _points).WriteBlock<Local, T>()
        .ReadResource<TreeShape>().ReadResource<MixedStore>().ReadResource<WorkPlan>();

    private const int SourcesAPiece = 1024;

    private int Stride => DirectSum<TKernel, T, TRegister>.Padded(expansion.Surface.Count);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _lists = World.Resource<MixedStore>();
        if (_lists.X.Length == 0) return;
        _shape = shape;
        _kernels.Read(shape);
        _rows.Read(World.Query(in _nodes));
        _keys.Read(_rows);
        _sources.Read(_rows);
        _coarser.Read(_rows);
        _locals.Write(_rows);
        _columns.ReadSources(SortedPoints.Of(World.Query(in _points)));
        _scratch.Prepare(Jobs.WorkerCount, ((3L + expansion.PotentialComponents) * Stride) + (2L * expansion.CheckCount) + (3L * SourcesAPiece));
        Jobs.For(_plan.OctetBatches.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.OctetBatches.Pointer[unit];
        int surface = expansion.Surface.Count, stride = Stride, components = expansion.PotentialComponents;
        int coarser = run.Level - 1;
        double length = _kernels.Unit(coarser), halfWidth = NodeGeometry.HalfWidth(_shape!.RootCube, run.Level) / length;
        T* check = _scratch.Of(worker);
        T* sums = check + (3 * stride);
        T* potentials = sums + (components * stride), sorted = potentials + expansion.CheckCount, points = sorted + expansion.CheckCount;
        T factor = T.CreateTruncating(_kernels.PotentialFactor(coarser));
        long pairs = 0;
        for (int row = 8 * run.Start; row < 8 * (run.Start + run.Count); row++)
        {
            XList list = _coarser[run.Level][row];
            if (list.Count == 0) continue;
            Position centre = NodeGeometry.Centre(_shape.RootCube, run.Level, _keys[run.Level][row].Value);
            new Span<T>(sums, components * stride).Clear();
            for (int i = list.Start; i < list.End; i++)
            {
                ListMember member = _lists!.X.Pointer[i];
                SourceRange range = _sources[member.Level][member.Row];
                ulong key = _keys[member.Level][member.Row].Value;
                Position origin = _shape.CentreOf(member, key);
                _surface.Place(
                    check, stride, expansion.Ratios.Inner * halfWidth, (centre.X - origin.X) / length, (centre.Y - origin.Y) / length, (centre.Z - origin.Z) / length);
                AddSources(coarser, range, LevelUnit.Centre<T>(_shape, coarser, key), check, points, sums);
                pairs += (long)range.Count * surface;
            }
            for (int c = 0; c < components; c++)
                for (int p = 0; p < surface; p++) potentials[(c * surface) + p] = sums[(c * stride) + p] * factor;
            ParityRows<T>.Sort(expansion.Checks, row & 7, potentials, surface, sorted);
            T* local = _locals.Row(run.Level, row);
            for (int i = 0; i < expansion.CheckCount; i++) local[i] += sorted[i];
        }
        Counters.Add(pairs, pairs * _pairFlops, 0);
    }

    private void AddSources(int level, SourceRange range, Position origin, T* check, T* points, T* sums)
    {
        int stride = Stride;
        T* y = points + SourcesAPiece, z = y + SourcesAPiece;
        for (int start = range.Start; start < range.End; start += SourcesAPiece)
        {
            int piece = Math.Min(SourcesAPiece, range.End - start);
            PointList<T> sources = _columns.SourceList(start, piece);
            ColumnLoops.Shift(sources.X, points, piece, T.CreateTruncating(-origin.X));
            ColumnLoops.Shift(sources.Y, y, piece, T.CreateTruncating(-origin.Y));
            ColumnLoops.Shift(sources.Z, z, piece, T.CreateTruncating(-origin.Z));
            DirectSum<TKernel, T, TRegister>.Add(
                _kernels[level], new PointList<T>(check, check + stride, check + (2 * stride), expansion.Surface.Count), new PointList<T>(points, y, z, piece),
                _columns.Charges(start, expansion.SourceComponents), sums, stride, gradient: false);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _surface.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }
}
