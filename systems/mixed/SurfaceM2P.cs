using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to particles over the W lists: the density of each member acts on the leaf's targets (Ying, Biros and Zorin 2004,
/// section 3.3). Adds to what L2P wrote.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed unsafe class SurfaceM2P<TKernel, T, TRegister>(World world, TKernel kernel, ExpansionSizes expansion, bool gradient)
    : M2P(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private const int TargetsAPiece = 1024;
    private static readonly QueryDescription _nodes = new QueryDescription()
        .WithAll<NodeKey, TargetRange, WList>().WithBlock<Multipole, T>();

    private static readonly QueryDescription _points = PointColumns<T>.Targets.WithBlock<FarField, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<TargetRange> _targets = new();
    private readonly LevelColumn<WList> _finer = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly PointColumns<T> _columns = new();
    private readonly SurfacePoints<T> _surface = new(world.Ledger, expansion.Surface);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "M2P: scratch");
    private readonly LevelKernels<TKernel, T> _kernels = new(kernel);
    private readonly int _pairFlops = KernelFlops.Of(kernel, gradient).OneWay;
    private WorkPlan? _plan;
    private MixedStore? _lists;
    private TreeShape? _shape;
    private T* _field;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).Gather(in _points).WriteBlock<FarField, T>()
        .ReadResource<TreeShape>().ReadResource<MixedStore>().ReadResource<WorkPlan>();

    private int SurfaceStride => DirectSum<TKernel, T, TRegister>.Padded(expansion.Surface.Count);

    private static int SumStride => DirectSum<TKernel, T, TRegister>.Padded(TargetsAPiece);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _lists = World.Resource<MixedStore>();
        if (_lists.W.Length == 0) return;
        _shape = shape;
        _kernels.Read(shape);
        _rows.Read(World.Query(in _nodes));
        _keys.Read(_rows);
        _targets.Read(_rows);
        _finer.Read(_rows);
        _multipoles.Read(_rows);
        Chunk points = SortedPoints.Of(World.Query(in _points));
        _columns.ReadTargets(points);
        _field = points.WriteBlock<FarField, T>().Pointer;
        _scratch.Prepare(
            Jobs.WorkerCount, (3 * SurfaceStride) + (2 * expansion.DensityCount) + (((4L * TKernel.PotentialComponents) + 3) * SumStride));
        Jobs.For(_plan.LeafBatches.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.LeafBatches.Pointer[unit];
        long pairs = 0;
        for (int i = 0; i < run.Count; i++)
        {
            int row = _plan.Leaves.Pointer[run.Start + i];
            if (_finer[run.Level][row].Count > 0) pairs += AddMembers(run.Level, row, _scratch.Of(worker));
        }
        Counters.Add(pairs, pairs * _pairFlops, 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _surface.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }

    private long AddMembers(int level, int row, T* scratch)
    {
        int points = expansion.Surface.Count, stride = SurfaceStride, components = DirectSum<TKernel, T, TRegister>.Components(gradient);
        T* charges = scratch + (3 * stride);
        T* densities = charges + expansion.DensityCount, sums = densities + expansion.DensityCount;
        WList list = _finer[level][row];
        TargetRange targets = _targets[level][row];
        Position centre = NodeGeometry.Centre(_shape!.RootCube, level, _keys[level][row].Value), own = LevelUnit.Centre<T>(_shape, level, _keys[level][row].Value);
        double unit = _kernels.Unit(level);
        T* x = sums + (4 * TKernel.PotentialComponents * SumStride), y = x + SumStride, z = y + SumStride;
        long pairs = 0;
        for (int i = list.Start; i < list.End; i++)
        {
            ListMember member = _lists!.W.Pointer[i];
            Position at = _shape.CentreOf(member, _keys[member.Level][member.Row].Value);
            double halfWidth = NodeGeometry.HalfWidth(_shape.RootCube, member.Level);
            T scale = T.CreateTruncating(1 / expansion.DensityScale(_shape.ScaledHalfWidth(member.Level)));
            _surface.Place(
                scratch, stride, expansion.Ratios.Inner * halfWidth / unit, (at.X - centre.X) / unit, (at.Y - centre.Y) / unit, (at.Z - centre.Z) / unit);
            ParityRows<T>.Unsort(expansion.Densities, member.Row & 7, _multipoles.Row(member.Level, member.Row), points, densities);
            Density.Place(densities, charges, points, expansion.SourceComponents, scale);
            PointList<T> sources = new(scratch, scratch + stride, scratch + (2 * stride), points);
            for (int start = 0; start < targets.Count; start += TargetsAPiece)
            {
                int piece = Math.Min(TargetsAPiece, targets.Count - start);
                new Span<T>(sums, components * SumStride).Clear();
                PointList<T> leaf = _columns.TargetList(targets.Start + start, piece);
                ColumnLoops.Shift(leaf.X, x, piece, T.CreateTruncating(-own.X));
                ColumnLoops.Shift(leaf.Y, y, piece, T.CreateTruncating(-own.Y));
                ColumnLoops.Shift(leaf.Z, z, piece, T.CreateTruncating(-own.Z));
                DirectSum<TKernel, T, TRegister>.Add(_kernels[level], new PointList<T>(x, y, z, piece), sources, charges, sums, SumStride, gradient);
                FieldRows.Scale(
                    sums, SumStride, components, TKernel.PotentialComponents, piece, _kernels.PotentialFactor(level), _kernels.GradientFactor(level));
                FieldRows.Add(sums, SumStride, components, piece, _field + ((nint)(targets.Start + start) * components));
            }
            pairs += (long)targets.Count * points;
        }
        return pairs;
    }
}
