using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The largest charge, reduced over fixed runs.</summary>
internal sealed unsafe class LargestCharge(Ledger ledger) : IJob, IDisposable
{
    private const int NumbersAUnit = 65536;

    // 1/unit must be a number, too.
    private const int LowestExponent = -1000;
    private readonly NativeBuffer<double> _largest = new(ledger, "charges: largest");
    private double* _values;
    private int _count;

    /// <summary>The power of two at or below the largest magnitude; 1 if all are zero.</summary>
    public double Unit(NativeBuffer<double> values, Jobs jobs)
    {
        int units = (int)(((long)values.Length + NumbersAUnit - 1) / NumbersAUnit);
        _largest.Resize(units);
        _values = values.Pointer;
        _count = values.Length;
        jobs.For(units, this);
        double largest = 0;
        for (int i = 0; i < units; i++) largest = Math.Max(largest, _largest.Pointer[i]);
        return largest is > 0 and < double.PositiveInfinity ? Math.ScaleB(1, Math.Clamp(Math.ILogB(largest), LowestExponent, -LowestExponent)) : 1;
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        long start = (long)unit * NumbersAUnit;
        int count = (int)Math.Min(NumbersAUnit, _count - start);
        ReadOnlySpan<double> values = new(_values + start, count);
        Vector<double> wide = Vector<double>.Zero;
        int i = 0;
        for (; i + Vector<double>.Count <= count; i += Vector<double>.Count) wide = Vector.Max(wide, Vector.Abs(new Vector<double>(values[i..])));
        double largest = 0;
        for (int lane = 0; lane < Vector<double>.Count; lane++) largest = Math.Max(largest, wide[lane]);
        for (; i < count; i++) largest = Math.Max(largest, Math.Abs(values[i]));
        _largest.Pointer[unit] = largest;
    }

    public void Dispose() => _largest.Dispose();
}
