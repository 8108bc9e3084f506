using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Gathers the coordinates of the sorted points from the user's order, in the unit of their level: in double precision as they are, in
/// single precision about the centre of each point's leaf, the difference in f64 rounded once.
/// </summary>
/// <typeparam name="T">The scalar of the hot loops, float or double.</typeparam>
/// <param name="world">The world, with the resources <see cref="PointInput"/>, <see cref="PointRows"/> and <see cref="TreeShape"/>; the layout must have the relative columns.</param>
internal sealed unsafe class PlacePointsIn<T>(World world) : PlacePoints(world)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The input is read in Morton order, all over memory: it is asked for this many points ahead. Columns end in 64 zero bytes, so that the
    // last look ahead reads row 0.
    private const int Ahead = 16;
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, SourceRange, TargetRange>();
    private static readonly QueryDescription _points = new QueryDescription().WithAll<InputIndex, RelativeX<T>, RelativeY<T>, RelativeZ<T>>();
    private static readonly QueryDescription _sources = _points.WithAll<SourceTag>();
    private static readonly QueryDescription _targets = _points.WithAll<TargetTag>();
    private readonly NodeRows _rows = new();
    private readonly PlaceJob _job = new();

    /// <inheritdoc/>
    protected override Access Touched => new Access()
        .Read(in _nodes).Read(in _sources).Read(in _targets).Write<RelativeX<T>>().Write<RelativeY<T>>().Write<RelativeZ<T>>()
        .ReadResource<PointInput>().ReadResource<PointRows>().ReadResource<TreeShape>().ReadResource<Following>();

    /// <inheritdoc/>
    protected override void Build()
    {
        PointInput input = World.Resource<PointInput>();
        PointRows rows = World.Resource<PointRows>();
        InputRules.Unchanged(input, rows);
        _job.Shape = World.Resource<TreeShape>();
        _rows.Read(World.Query(in _nodes));
        Following following = World.Resource<Following>();
        Place(input.PlacedSources, following.HasPositions ? following.Sources : null, SortedPoints.Of(World.Query(in _sources)), targets: false);
        if (!rows.Shared) Place(input.PlacedTargets, following.HasPositions ? following.Targets : null, SortedPoints.Of(World.Query(in _targets)), targets: true);
    }

    private void Place(NativeBuffer<Position> input, FollowedSet? followed, Chunk points, bool targets)
    {
        TreeShape shape = _job.Shape!;
        _job.Input = input.Pointer;
        _job.Followed = followed is null ? null : followed.Positions;
        _job.From = followed is null ? null : followed.From;
        _job.Index = points.ReadPointer<InputIndex>();
        _job.X = (T*)points.WritePointer<RelativeX<T>>();
        _job.Y = (T*)points.WritePointer<RelativeY<T>>();
        _job.Z = (T*)points.WritePointer<RelativeZ<T>>();
        for (int level = 0; level <= _rows.Depth; level++)
        {
            Chunk nodes = _rows[level];
            _job.Keys[level] = nodes.ReadPointer<NodeKey>();
            _job.Links[level] = nodes.ReadPointer<NodeLinks>();

            // Both ranges are a start and a count, so one loop serves sources and targets.
            _job.Ranges[level] = targets ? (SourceRange*)nodes.ReadPointer<TargetRange>() : nodes.ReadPointer<SourceRange>();
        }

        if (shape.Depth == 0) _job.PlaceLeaf(0, 0);
        Jobs.For(shape.RunCount, _job);
    }

    private sealed class PlaceJob : IJob
    {
        public readonly NodeKey*[] Keys = new NodeKey*[Morton.MaxLevel + 1];
        public readonly NodeLinks*[] Links = new NodeLinks*[Morton.MaxLevel + 1];
        public readonly SourceRange*[] Ranges = new SourceRange*[Morton.MaxLevel + 1];
        public TreeShape? Shape;
        public Position* Input;
        public Position* Followed;
        public int* From;
        public InputIndex* Index;
        public T* X;
        public T* Y;
        public T* Z;

        public void Execute(int unit, int worker)
        {
            OctetRun run = Shape!.Run(unit);
            for (int row = 8 * run.Start; row < 8 * run.End; row++) if (Links[run.Level][row].FirstChild < 0) PlaceLeaf(run.Level, row);
        }

        public void PlaceLeaf(int level, int row)
        {
            SourceRange range = Ranges[level][row];
            if (range.Count == 0) return;
            Position centre = LevelUnit.Origin<T>(Shape!.RootCube, level, Keys[level][row].Value);
            double unit = LevelUnit.Of<T>(Shape, level), scale = 1 / unit, grid = LevelUnit.Grid<T>(NodeGeometry.HalfWidth(Shape.RootCube, level) / unit);
            if (Followed is not null)
            {
                PlaceFollowed(range, centre, scale, grid);
                return;
            }
            for (int i = range.Start; i < range.End; i++)
            {
                if (Sse.IsSupported) Sse.Prefetch0(Input + Index[i + Ahead].Value);
                Put(i, Input[Index[i].Value], centre, scale, grid);
            }
        }

        // Positions that were read already, in the order of the update before.
        private void PlaceFollowed(SourceRange range, Position centre, double scale, double grid)
        {
            for (int i = range.Start; i < range.End; i++) Put(i, Followed[From is null ? i : From[i]], centre, scale, grid);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Put(int row, in Position point, in Position centre, double scale, double grid)
        {
            X[row] = T.CreateTruncating((((point.X - centre.X) * scale) + grid) - grid);
            Y[row] = T.CreateTruncating((((point.Y - centre.Y) * scale) + grid) - grid);
            Z[row] = T.CreateTruncating((((point.Z - centre.Z) * scale) + grid) - grid);
        }
    }
}
