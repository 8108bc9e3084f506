using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Sums charges, and charges times places and their squares, over fixed runs of sources: the same whatever the number of threads.</summary>
internal sealed unsafe class SecondMoment(Ledger ledger) : IJob, IDisposable
{
    private const int SourcesAUnit = 16384, Sums = 6;
    private readonly NativeBuffer<double> _sums = new(ledger, "images: moments");
    private Position* _points;
    private double* _charges;
    private int _count;
    private double _unit, _chargeUnit;
    private Position _centre;

    /// <summary>Sets the moments of a field.</summary>
    /// <param name="points">The points.</param>
    /// <param name="charges">One charge a source.</param>
    /// <param name="shape">The tree.</param>
    /// <param name="jobs">Where it runs.</param>
    /// <param name="field">Receives them.</param>
    public void Of(PointInput points, ChargeInput charges, TreeShape shape, Jobs jobs, ImageField field)
    {
        _count = points.Sources.Length;
        _points = points.PlacedSources.Pointer;
        _charges = charges.Values.Pointer;
        (_unit, _chargeUnit, _centre) = (1 / shape.Unit, 1 / charges.Unit, shape.Centre);
        int units = (_count + SourcesAUnit - 1) / SourcesAUnit;
        _sums.Resize(Sums * units);
        jobs.For(units, this);
        double charge = 0, magnitude = 0, x = 0, y = 0, z = 0, second = 0;
        for (double* sums = _sums.Pointer, end = sums + (Sums * units); sums < end; sums += Sums)
            (charge, magnitude, x, y, z, second) = (charge + sums[0], magnitude + sums[1], x + sums[2], y + sums[3], z + sums[4], second + sums[5]);
        (field.Centre, field.Charge, field.Magnitude, field.Dipole, field.SecondMoment) = (_centre, charge, magnitude, new Position(x, y, z), second);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        double charge = 0, magnitude = 0, dx = 0, dy = 0, dz = 0, second = 0;
        for (int i = unit * SourcesAUnit, end = Math.Min(_count, (unit + 1) * SourcesAUnit); i < end; i++)
        {
            double q = _charges[i] * _chargeUnit;
            double x = (_points[i].X - _centre.X) * _unit, y = (_points[i].Y - _centre.Y) * _unit, z = (_points[i].Z - _centre.Z) * _unit;
            charge += q;
            magnitude += Math.Abs(q);
            dx += q * x;
            dy += q * y;
            dz += q * z;
            second += q * ((x * x) + (y * y) + (z * z));
        }
        double* sums = _sums.Pointer + (Sums * unit);
        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (charge, magnitude, dx, dy, dz, second);
    }

    /// <inheritdoc/>
    public void Dispose() => _sums.Dispose();
}
