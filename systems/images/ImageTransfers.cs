using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// What the nodes of one level of a box that repeats receive from each other's images, those left out that touch: for each offset between two nodes
/// a table over the differences of lattice points of their surfaces.
/// </summary>
internal sealed unsafe class ImageTransfers(Ledger ledger, Surface surface, double ratio) : IJob, IDisposable
{
    private readonly NativeBuffer<double> _tables = new(ledger, "images: tables");
    private readonly NativeBuffer<double> _all = new(ledger, "images: factors of all");
    private readonly NativeBuffer<double> _near = new(ledger, "images: factors of those that touch");
    private readonly int[] _offsets = new int[3], _cells = new int[3], _starts = new int[3];
    private (double X, double Y, double Z, double HalfWidth, double Screening, int Level) _known;
    private LatticeSum? _sum;
    private int _nodes;

    /// <summary>Differences of lattice points along an axis, 2 p - 1.</summary>
    public int Width => (2 * surface.Order) - 1;

    /// <summary>The sum that the tables are of; lengths are the tree's units.</summary>
    public LatticeSum Sum => _sum!;

    /// <summary>Makes the tables for a tree, unless they stand.</summary>
    /// <param name="shape">The tree.</param>
    /// <param name="screening">Inverse length of the kernel in the tree's unit.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Make(TreeShape shape, double screening, Jobs jobs)
    {
        int level = shape.FirstFarLevel, widest = 0, total = 1, factors = 0;
        (double, double, double, double, double, int) key = (
            shape.Period.X / shape.Unit, shape.Period.Y / shape.Unit, shape.Period.Z / shape.Unit, shape.ScaledHalfWidth(level), screening, level);
        if (key == _known) return;
        _known = default;
        double half = shape.ScaledHalfWidth(level);
        _sum = new LatticeSum([key.Item1, key.Item2, key.Item3], screening, 2 * half * (2 - ratio));
        // Whole registers.
        _nodes = (_sum.Nodes + 7) / 8 * 8;
        for (int axis = 0; axis < 3; axis++)
        {
            _cells[axis] = shape.NodesAlong(axis, level);
            _offsets[axis] = _cells[axis] > 0 ? _cells[axis] : (2 << level) - 1;
            _starts[axis] = factors;
            factors += _offsets[axis] * Width * _nodes;
            total *= _offsets[axis];
            widest = Math.Max(widest, _offsets[axis]);
        }
        _all.Resize(factors);
        _near.Resize(factors);
        _all.Clear();
        _near.Clear();
        for (int axis = 0; axis < 3; axis++) Factors(axis, level, half, axis == 0 ? key.Item1 : axis == 1 ? key.Item2 : key.Item3);
        _tables.Resize(total * Width * Width * Width);
        jobs.For(total * Width, this);
        _known = key;
    }

    /// <summary>The table between two nodes: index ((x + p - 1) (2 p - 1) + y + p - 1) (2 p - 1) + p - 1 - z, of lattice differences target minus source.</summary>
    /// <param name="x">Nodes from target to source along x.</param>
    /// <param name="y">The same along y.</param>
    /// <param name="z">The same along z.</param>
    public double* Table(int x, int y, int z) =>
        _tables.Pointer + ((nint)((((Index(0, x) * _offsets[1]) + Index(1, y)) * _offsets[2]) + Index(2, z)) * Width * Width * Width);

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int offset = unit / Width, i = unit % Width;
        int oz = offset % _offsets[2], oy = offset / _offsets[2] % _offsets[1], ox = offset / _offsets[2] / _offsets[1];
        double* table = _tables.Pointer + ((nint)unit * Width * Width), plane = stackalloc double[2 * _nodes];
        double* left = plane + _nodes;
        for (int j = 0; j < Width; j++)
        {
            double* ax = At(_all, 0, ox, i), ay = At(_all, 1, oy, j), nx = At(_near, 0, ox, i), ny = At(_near, 1, oy, j);
            for (int n = 0; n < _sum!.Nodes; n++)
            {
                double weight = _sum.Weight(n);
                // The early nodes of two free axes are no product.
                plane[n] = _sum.IsEarly(n) && _sum.Axes != 2 ? 0 : weight * ax[n] * ay[n];
                left[n] = weight * nx[n] * ny[n];
            }
            for (int n = _sum.Nodes; n < _nodes; n++) plane[n] = left[n] = 0;
            for (int k = 0; k < Width; k++)
            {
                double* az = At(_all, 2, oz, k), nz = At(_near, 2, oz, k);
                double value = _sum.Constant;
                for (int n = 0; _sum.Axes == 1 && n < _sum.Nodes && _sum.IsEarly(n); n++) value += _sum.Weight(n) * _sum.Product(n, ax[n], ay[n], az[n]);
                Vector<double> sum = default;
                for (int n = 0; n < _nodes; n += Vector<double>.Count) sum += (Vector.Load(plane + n) * Vector.Load(az + n)) - (Vector.Load(left + n) * Vector.Load(nz + n));
                table[(j * Width) + Width - 1 - k] = value + Vector.Sum(sum);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tables.Dispose();
        _all.Dispose();
        _near.Dispose();
    }

    private int Index(int axis, int offset) => _cells[axis] > 0 ? offset & (_cells[axis] - 1) : offset + (_offsets[axis] / 2);

    private double* At(NativeBuffer<double> factors, int axis, int offset, int difference) =>
        factors.Pointer + _starts[axis] + (((nint)(offset * Width) + difference) * _nodes);

    private void Factors(int axis, int level, double half, double period)
    {
        double spacing = 2 * ratio * half / (surface.Order - 1);
        for (int o = 0; o < _offsets[axis]; o++)
        {
            int offset = _cells[axis] > 0 ? o : o - (_offsets[axis] / 2);
            for (int i = 0; i < Width; i++)
            {
                double x = ((i - surface.Order + 1) * spacing) - (2 * half * offset);
                double* all = At(_all, axis, o, i), near = At(_near, axis, o, i);
                for (int n = 0; n < _sum!.Nodes; n++)
                {
                    all[n] = _sum.All(n, axis, x);
                    for (int image = -1; image <= 1; image++)
                    {
                        int cell = offset + (image * _cells[axis]);
                        if (Math.Abs(cell) <= 1 && (image == 0 || _cells[axis] > 0)) near[n] += _sum.One(n, x - (image * period));
                    }
                }
            }
        }
    }
}
