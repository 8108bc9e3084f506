using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Rows sorted by parity with every segment in whole registers, as products leave and take them, and as they are stored, without gaps
/// and seen in the mirror that makes the box the first of its octet.
/// </summary>
internal sealed unsafe class SortedRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ParityPoints _points;

    /// <summary>Rows of numbers on a surface for registers of so many numbers.</summary>
    public SortedRows(ParityPoints points, int lane)
    {
        _points = points;
        for (int segment = 0; segment < 8; segment++) Start[segment + 1] = Start[segment] + PackedMatrix.Columns(points.Length(segment), lane);
    }

    /// <summary>First number of each segment; entry 8 is a row's length.</summary>
    public int[] Start { get; } = new int[9];

    /// <summary>A row as it is stored.</summary>
    public void Store(T* row, int octant, T factor, T* stored)
    {
        for (int segment = 0; segment < 8; segment++)
        {
            T scale = Sign(segment, octant) < 0 ? -factor : factor;
            T* from = row + Start[segment], to = stored + _points.Start[segment];
            for (int i = 0; i < _points.Length(segment); i++) to[i] = scale * from[i];
        }
    }

    /// <summary>A stored row as the box itself sees it, without gaps.</summary>
    public void Load(T* stored, int octant, T* row)
    {
        for (int segment = 0; segment < 8; segment++)
        {
            T sign = Sign(segment, octant) < 0 ? -T.One : T.One;
            int end = _points.Start[segment] + _points.Length(segment);
            for (int i = _points.Start[segment]; i < end; i++) row[i] = sign * stored[i];
        }
    }

    private int Sign(int segment, int octant) => _points.Mirrors ? OctetMirrors.Sign(segment, octant) : 1;
}
