using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Images of the first level's nodes to their locals: densities on the surfaces of sources, times the table of their offset, are potentials on the
/// surfaces of targets (<see cref="ImageTransfers"/>). In double precision, whatever the method's.
/// </summary>
/// <remarks>
/// Along three axes without screening a background makes the lattice's field of a charge one that is not harmonic: a multiple of the
/// squared distance is in it (<see cref="LatticeSum.Curvature"/>), which expansions cannot carry. It is taken out of them, and put back by
/// the moments of the charges: the second one here, the charge itself, if it is not zero, by <see cref="Background"/>; the dipole cancels.
/// </remarks>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class SurfaceImages<TKernel, T>(World world, TKernel kernel, ExpansionSizes expansion, RankLink? link) : FarImages(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, Occupancy>().WithBlock<Multipole, T>().WithBlock<Local, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly ImageTransfers _transfers = new(world.Ledger, expansion.Surface, expansion.Ratios.Inner);
    private readonly SecondMoment _moment = new(world.Ledger);
    private readonly NativeBuffer<int> _sources = new(world.Ledger, "images: sources");
    private readonly NativeBuffer<int> _targets = new(world.Ledger, "images: targets");
    private readonly NativeBuffer<double> _densities = new(world.Ledger, "images: densities");
    private readonly NativeBuffer<double> _potentials = new(world.Ledger, "images: potentials");
    private readonly NativeBuffer<T> _scratch = new(world.Ledger, "images: scratch");
    private readonly int[] _cell = new int[6];
    private TreeShape? _shape;
    private NodeKey* _keys;
    private int _level, _sourceCount, _targetCount;
    private double _factor, _charge, _dipoleX, _dipoleY, _dipoleZ, _second;
    private Pass _pass;

    private enum Pass
    {
        Densities,
        Transfers,
        Locals,
    }

    /// <inheritdoc/>
    public override Access Access
    {
        get
        {
            Access access = new Access().Gather(in _nodes).WriteBlock<Local, T>().ReadResource<TreeShape>().WriteResource<ImageField>();
            return link is null ? access.ReadResource<PointInput>().ReadResource<ChargeInput>() : access.ReadResource<GivenInput>().WriteResource<RankLink>();
        }
    }

    private int Order => expansion.Order;

    private int Points => expansion.Surface.Count;

    private double Spacing => 2 * expansion.Ratios.Inner * _shape!.ScaledHalfWidth(_level) / (Order - 1);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        _shape = World.Resource<TreeShape>();
        _level = _shape.FirstFarLevel;
        _rows.Read(World.Query(in _nodes));
        TKernel scaled = KernelUnits.At(kernel, _shape.Unit, out _);
        TKernel.TryScreened(scaled, out double strength, out double screening);
        _transfers.Make(_shape, screening, Jobs);
        _multipoles.Read(_rows);
        _locals.Write(_rows);
        _sourceCount = _targetCount = 0;
        if (_rows.Depth >= _level)
        {
            Chunk nodes = _rows[_level];
            _keys = nodes.ReadPointer<NodeKey>();
            Collect(nodes);
        }
        _factor = strength / expansion.DensityScale(_shape.ScaledHalfWidth(_level));
        _scratch.Resize(2 * Math.Max(_sourceCount, _targetCount) * Points);
        _densities.Resize(_sourceCount * Points);
        _potentials.Resize(_targetCount * Points);
        Run(Pass.Densities, _sourceCount);
        Moments(strength);
        Run(Pass.Transfers, _targetCount * Order);
        Run(Pass.Locals, _targetCount);
        Counters.Add(0, 2L * _sourceCount * _targetCount * Points * Points, 0);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        if (_pass == Pass.Densities) Spread(unit);
        else if (_pass == Pass.Transfers) Transfer(unit / Order, unit % Order);
        else Add(unit);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _transfers.Dispose();
        _moment.Dispose();
        _sources.Dispose();
        _targets.Dispose();
        _densities.Dispose();
        _potentials.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }

    private void Run(Pass pass, int units)
    {
        _pass = pass;
        Jobs.For(units, this);
    }

    private void Collect(Chunk nodes)
    {
        ReadOnlySpan<Occupancy> holds = nodes.Read<Occupancy>();
        _sources.Resize(holds.Length);
        _targets.Resize(holds.Length);
        for (int row = 0; row < holds.Length; row++)
        {
            if (holds[row].Sources) _sources.Pointer[_sourceCount++] = row;
            if (holds[row].Targets) _targets.Pointer[_targetCount++] = row;
        }
    }

    // The plain densities of a source, of charges that act as 1/r.
    private void Spread(int source)
    {
        int row = _sources.Pointer[source];
        T* plain = _scratch.Pointer + ((nint)source * Points);
        ParityRows<T>.Unsort(expansion.Densities, row & 7, _multipoles.Row(_level, row), Points, plain);
        double* densities = _densities.Pointer + ((nint)source * Points);
        for (int i = 0; i < Points; i++) densities[i] = double.CreateTruncating(plain[i]) * _factor;
    }

    // Of the densities as they stand on the surfaces, in units about the box's centre.
    private void Moments(double strength)
    {
        ImageField field = World.Resource<ImageField>();
        field.Clear();
        _charge = _dipoleX = _dipoleY = _dipoleZ = _second = 0;
        if (!_transfers.Sum.IsUnscreened) return;
        GivenInput? given = link is null ? null : World.Resource<GivenInput>();
        _moment.Of(given?.Points ?? World.Resource<PointInput>(), given?.Charges ?? World.Resource<ChargeInput>(), _shape!, Jobs, field);
        if (link is not null) SumOver(link, field); // each rank has the charges that it was given
        field.IsUnscreened = true;
        field.Curvature = strength * _transfers.Sum.Curvature;
        if (field.Curvature == 0) return;
        double spacing = Spacing;
        for (int source = 0; source < _sourceCount; source++)
        {
            Position corner = Corner(_sources.Pointer[source]);
            double* densities = _densities.Pointer + ((nint)source * Points);
            for (int i = 0; i < Points; i++)
            {
                double x = corner.X + (expansion.Surface.Lattice(i, 0) * spacing), y = corner.Y + (expansion.Surface.Lattice(i, 1) * spacing);
                double z = corner.Z + (expansion.Surface.Lattice(i, 2) * spacing), q = densities[i];
                _charge += q;
                _dipoleX += q * x;
                _dipoleY += q * y;
                _dipoleZ += q * z;
                _second += q * ((x * x) + (y * y) + (z * z));
            }
        }
        // What the table has too much of, less what the charges themselves make of it.
        _second -= strength * field.SecondMoment;
        _dipoleX -= strength * field.Dipole.X;
        _dipoleY -= strength * field.Dipole.Y;
        _dipoleZ -= strength * field.Dipole.Z;
    }

    private void SumOver(RankLink over, ImageField field) => over.Tell(Name, () => field.SumOver(over.Ranks));

    // Of the lattice of a node's surface, in units about the box's centre.
    private Position Corner(int row)
    {
        Position centre = NodeGeometry.Centre(_shape!.RootCube, _level, _keys[row].Value), box = _shape.Centre;
        double unit = _shape.Unit, reach = expansion.Ratios.Inner * _shape.ScaledHalfWidth(_level);
        return new Position(((centre.X - box.X) / unit) - reach, ((centre.Y - box.Y) / unit) - reach, ((centre.Z - box.Z) / unit) - reach);
    }

    // Potentials on a plane of lattice points, x of one value, of a target.
    private void Transfer(int target, int plane)
    {
        int p = Order, width = _transfers.Width, row = _targets.Pointer[target];
        (uint x, uint y, uint z) = Morton.Decode(_keys[row].Value);
        Surface surface = expansion.Surface;
        double* potentials = _potentials.Pointer + ((nint)target * Points);
        Position corner = Corner(row);
        double curvature = _transfers.Sum.Curvature, spacing = Spacing;
        for (int i = 0; i < Points; i++)
        {
            if (surface.Lattice(i, 0) != plane) continue;
            double px = corner.X + (plane * spacing), py = corner.Y + (surface.Lattice(i, 1) * spacing), pz = corner.Z + (surface.Lattice(i, 2) * spacing);
            double moments = (_charge * ((px * px) + (py * py) + (pz * pz))) - (2 * ((px * _dipoleX) + (py * _dipoleY) + (pz * _dipoleZ))) + _second;
            potentials[i] = -curvature * moments;
        }
        for (int source = 0; source < _sourceCount; source++)
        {
            (uint sx, uint sy, uint sz) = Morton.Decode(_keys[_sources.Pointer[source]].Value);
            double* table = _transfers.Table((int)sx - (int)x, (int)sy - (int)y, (int)sz - (int)z), densities = _densities.Pointer + ((nint)source * Points);
            for (int i = 0; i < Points; i++)
            {
                if (surface.Lattice(i, 0) != plane) continue;
                potentials[i] += Convolve(table, densities, plane + p - 1, surface.Lattice(i, 1) + p - 1, p - 1 - surface.Lattice(i, 2), p, width);
            }
        }
    }

    // The source's lattice in its order: whole rows on four faces, the two ends of the others.
    private static double Convolve(double* table, double* densities, int x, int y, int z, int p, int width)
    {
        double sum = 0;
        Vector<double> sums = default;
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                double* row = table + ((((x - i) * width) + y - j) * width) + z;
                if (i > 0 && j > 0 && i < p - 1 && j < p - 1)
                {
                    sum += (row[0] * densities[0]) + (row[p - 1] * densities[1]);
                    densities += 2;
                    continue;
                }
                int k = 0;
                for (; k + Vector<double>.Count <= p; k += Vector<double>.Count) sums += Vector.Load(row + k) * Vector.Load(densities + k);
                for (; k < p; k++) sum += row[k] * densities[k];
                densities += p;
            }
        }
        return sum + Vector.Sum(sums);
    }

    private void Add(int target)
    {
        int row = _targets.Pointer[target];
        T* plain = _scratch.Pointer + ((nint)(2 * target) * Points), sorted = plain + Points, local = _locals.Row(_level, row);
        double* potentials = _potentials.Pointer + ((nint)target * Points);
        for (int i = 0; i < Points; i++) plain[i] = T.CreateTruncating(potentials[i]);
        ParityRows<T>.Sort(expansion.Checks, row & 7, plain, Points, sorted);
        for (int i = 0; i < expansion.CheckCount; i++) local[i] += sorted[i];
    }
}
