using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Collects the sources of one run of targets after another, as many as fit, and lets them act on the targets.</summary>
internal unsafe ref struct OneWayRun<TKernel, T, TRegister>(
    NearInput<T> input, LevelKernels<TKernel, T> kernels, double reach, bool gradient, SourceScratch<T> scratch, T* sums, int stride, ClosePair* close)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Most close pairs of a run and a filling of the sources.</summary>
    public const int MostClose = 4096;

    private const int Segments = 256;
    private SegmentList _segments;
    private NearRun _run;
    private TKernel _kernel;
    private double _unit;
    private int _count, _segmentCount;

    /// <summary>Pairs evaluated.</summary>
    public long Pairs { get; private set; }

    /// <summary>Pairs put right.</summary>
    public long ClosePairCount { get; private set; }

    /// <summary>Whether there are too many of them in one place, or some too close for the working precision.</summary>
    public bool IsBeyond { get; private set; }

    /// <summary>Adds the field of all near sources to the sums of a run's targets, in the unit of their level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(NearRun run)
    {
        _run = run;
        _kernel = kernels[run.Level];
        _unit = kernels.Unit(run.Level);
        Position own = input.Origin(run.Level, run.Row);
        for (NearLists.Members member = input.Lists.Of(run.Level, run.Row); member.Next();)
        {
            SourceRange range = member.Sources;
            Position other = input.Origin(member.Member);
            Position shift = new((other.X - own.X) / _unit, (other.Y - own.Y) / _unit, (other.Z - own.Z) / _unit);
            double scale = kernels.Unit(member.Level) / _unit;
            Pairs += (long)range.Count * run.Count;
            for (int start = range.Start; start < range.End;)
            {
                int piece = Math.Min(range.End - start, SourceScratch<T>.Capacity - _count);
                scratch.Append(_count, start, piece, scale, shift);
                _segments[_segmentCount++] = new Segment { Column = _count, Point = start, Image = member.Member.Image };
                _count += piece;
                start += piece;
                if (_count == SourceScratch<T>.Capacity || _segmentCount == Segments) Act();
            }
        }
        Act();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Act()
    {
        PointList<T> targets = input.Points.TargetList(_run.Start, _run.Count);
        PointList<T> sources = new(scratch.X, scratch.Y, scratch.Z, _count);
        if (input.Vectors == 1) DirectSum<TKernel, T, TRegister>.Add(_kernel, targets, sources, scratch.Charges, sums, stride, gradient);
        else if (_count > 0) VectorSum<TKernel, T, TRegister>.Add(_kernel, input.Vectors, targets, sources, scratch.Charges, sums, stride, gradient);
        if (input.LooksForPairs && _count > 0) PutRight(targets);
        _count = _segmentCount = 0;
    }

    // What the loop made of close pairs goes, and what the user's coordinates make of them comes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PutRight(in PointList<T> targets)
    {
        T near = T.CreateTruncating(reach * input.HalfWidth(_run.Level));
        int found = ClosePairs<T, TRegister>.Find(targets, scratch.X, scratch.Y, scratch.Z, _count, near, close, MostClose);
        if (found <= MostClose)
        {
            PutRight(targets, 0, found);
            return;
        }
        IsBeyond = true;
        if (!LevelUnit.IsAbsolute<T>()) return;
        // There is no better precision to turn to: target by target, the sources alone bound how many there are.
        for (int row = 0; row < targets.Count; row++)
        {
            PointList<T> one = new(targets.X + row, targets.Y + row, targets.Z + row, 1);
            PutRight(targets, row, ClosePairs<T, TRegister>.Find(one, scratch.X, scratch.Y, scratch.Z, _count, near, close, MostClose));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PutRight(in PointList<T> targets, int first, int found)
    {
        double* fields = stackalloc double[2 * PairField<TKernel, T, TRegister>.Most];
        for (int i = 0; i < found; i++) PutRight(targets, first + close[i].Row, close[i].Column, fields, fields + PairField<TKernel, T, TRegister>.Most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PutRight(in PointList<T> targets, int row, int column, double* rounded, double* exact)
    {
        int source = PointOf(column, out int image);
        if (input.Shared && image == ListMember.Home && source == _run.Start + row) return;
        Position from = input.ExactSource(source, image), to = input.Exact.Target(_run.Start + row);
        double dx = (to.X - from.X) / _unit, dy = (to.Y - from.Y) / _unit, dz = (to.Z - from.Z) / _unit;
        if (dx == 0 && dy == 0 && dz == 0) return;
        IsBeyond |= CloseReach.IsBeyond<T>(dx, dy, dz);
        ClosePairCount++;
        T* charge = scratch.Charges + ((nint)column * TKernel.SourceComponents * input.Vectors), sum = sums + row;
        for (int vector = 0; vector < input.Vectors; vector++, charge += TKernel.SourceComponents)
        {
            PairField<TKernel, T, TRegister>.OneWay(
                _kernel, targets.X[row] - scratch.X[column], targets.Y[row] - scratch.Y[column], targets.Z[row] - scratch.Z[column], charge, gradient, rounded);
            ExactPairField.OneWay(_kernel, dx, dy, dz, charge, gradient, exact);
            for (int c = 0; c < DirectSum<TKernel, T, TRegister>.Components(gradient); c++, sum += stride) *sum += T.CreateTruncating(exact[c] - rounded[c]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int PointOf(int column, out int image)
    {
        int at = _segmentCount - 1;
        while (_segments[at].Column > column) at--;
        image = _segments[at].Image;
        return _segments[at].Point + column - _segments[at].Column;
    }

    private struct Segment
    {
        public int Column, Point, Image;
    }

    [InlineArray(Segments)]
    private struct SegmentList
    {
        private Segment _first;
    }
}
