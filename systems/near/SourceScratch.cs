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

    /// <summary>Numbers of memory that a run needs.</summary>
    public static int Length(int components) => (3 + components) * Capacity;

    public T* X => memory;

    public T* Y => memory + Capacity;

    public T* Z => memory + (2 * Capacity);

    public T* Charges => memory + (3 * Capacity);

    /// <summary>Appends sources at place <paramref name="at"/>, displaced by the shift from the new centre to their leaf's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(int at, int start, int count, in Position shift)
    {
        ColumnLoops.Shift(x + start, X + at, count, T.CreateTruncating(shift.X));
        ColumnLoops.Shift(y + start, Y + at, count, T.CreateTruncating(shift.Y));
        ColumnLoops.Shift(z + start, Z + at, count, T.CreateTruncating(shift.Z));
        nint bytes = (nint)count * components * sizeof(T);
        Buffer.MemoryCopy(charges + ((nint)start * components), Charges + ((nint)at * components), bytes, bytes);
    }
}
