using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Morton keys of a run of points, outliers' behind all.</summary>
internal sealed unsafe class EncodeJob : IJob
{
    private const int PointsAUnit = 16384;
    private TreeShape? _shape;
    private Outliers? _outliers;
    private Position* _points;
    private ulong* _keys;
    private int _count;

    /// <summary>Gives every point its key.</summary>
    /// <param name="shape">The tree's extent.</param>
    /// <param name="outliers">Points that have none.</param>
    /// <param name="points">The points.</param>
    /// <param name="keys">Receives a key a point.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Run(TreeShape shape, Outliers outliers, NativeBuffer<Position> points, NativeBuffer<ulong> keys, Jobs jobs)
    {
        keys.Resize(points.Length);
        _shape = shape;
        _outliers = outliers;
        _points = points.Pointer;
        _keys = keys.Pointer;
        _count = points.Length;
        jobs.For((points.Length + PointsAUnit - 1) / PointsAUnit, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int start = unit * PointsAUnit, count = Math.Min(PointsAUnit, _count - start);
        NodeGeometry.Keys(_shape!.RootCube, new ReadOnlySpan<Position>(_points + start, count), new Span<ulong>(_keys + start, count));
        if (_shape.Repeats && _shape.WholeLevel > 0) for (int i = start; i < start + count; i++) _keys[i] = EncodeKeys.InBox(_shape, _keys[i]);
        if (!_outliers!.Any) return;
        for (int i = start; i < start + count; i++) if (_outliers.Contains(_points[i])) _keys[i] = Outliers.Key;
    }
}
