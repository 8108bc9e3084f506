using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Gathers sources of several leaves into one run relative to one centre, so that the inner loop is long and reads the
/// first-level cache. Shifts are computed in double precision: a pair's distance keeps its digits wherever the domain lies.
/// </summary>
internal readonly unsafe struct SourceScratch<T>(T* memory, T* x, T* y, T* z, T* charges, int components)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Sources that the run holds; longer lists go piece by piece.</summary>
    public const int Capacity = 2048;

    // Columns are read a few registers past their end.
    private const int Stride = Capacity + 64;

    /// <summary>Numbers of memory that a run needs.</summary>
    public static int Length(int components) => (3 * Stride) + (components * Capacity);

    public T* X => memory;

    public T* Y => memory + Stride;

    public T* Z => memory + (2 * Stride);

    public T* Charges => memory + (3 * Stride);

    /// <summary>Appends sources at place <paramref name="at"/>: scaled to another unit and displaced by the shift between the origins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(int at, int start, int count, double scale, in Position shift)
    {
        T factor = T.CreateTruncating(scale);
        ColumnLoops.Move(x + start, X + at, count, factor, T.CreateTruncating(shift.X));
        ColumnLoops.Move(y + start, Y + at, count, factor, T.CreateTruncating(shift.Y));
        ColumnLoops.Move(z + start, Z + at, count, factor, T.CreateTruncating(shift.Z));
        nint bytes = (nint)count * components * sizeof(T);
        Buffer.MemoryCopy(charges + ((nint)start * components), Charges + ((nint)at * components), bytes, bytes);
    }
}
