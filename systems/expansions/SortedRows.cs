using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Rows sorted by parity with every segment in whole registers, as products leave and take them, and as they are stored, without gaps
/// and seen in the mirror that makes the box the first of its octet.
/// </summary>
internal sealed unsafe class SortedRows<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly ParityPoints _points;

    /// <summary>Rows of numbers on a surface.</summary>
    public SortedRows(ParityPoints points)
    {
        _points = points;
        for (int segment = 0; segment < 8; segment++) Start[segment + 1] = Start[segment] + PackedMatrix.Columns(points.Length(segment), TRegister.Count);
    }

    /// <summary>First number of each segment; entry 8 is a row's length.</summary>
    public int[] Start { get; } = new int[9];

    /// <summary>A row as it is stored.</summary>
    public void Store(T* row, int octant, T factor, T* stored)
    {
        for (int segment = 0; segment < 8; segment++)
            Scale(row + Start[segment], Signed(segment, octant, factor), stored + _points.Start[segment], _points.Length(segment), stored + _points.Start[8]);
    }

    /// <summary>A stored row as the box itself sees it, without gaps.</summary>
    public void Load(T* stored, int octant, T* row)
    {
        for (int segment = 0; segment < 8; segment++)
        {
            int start = _points.Start[segment];
            Scale(stored + start, Signed(segment, octant, T.One), row + start, _points.Length(segment), row + _points.Start[8]);
        }
    }

    private T Signed(int segment, int octant, T factor) => _points.Mirrors && OctetMirrors.Sign(segment, octant) < 0 ? -factor : factor;

    // Whole registers, whose surplus the next segment overwrites, as long as they do not pass the end of the row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(T* from, T factor, T* to, int count, T* end)
    {
        TRegister scale = TRegister.Broadcast(factor);
        T* last = to + count;
        for (; to < last && to + TRegister.Count <= end; to += TRegister.Count, from += TRegister.Count) TRegister.Store(TRegister.Load(from) * scale, to);
        for (; to < last; to++, from++) *to = *from * factor;
    }
}
