using System.Numerics;

namespace Fmm.Systems;

/// <summary>Which columns a block of rows meets.</summary>
/// <param name="first">From here to <paramref name="start"/>, registers in which a row meets only some lanes.</param>
/// <param name="start">From here to <paramref name="end"/>, those in which it meets all.</param>
/// <param name="end">Behind the last column.</param>
/// <param name="present">Counted from column 0, 1 in the lanes that the block's first row meets and 0 in the others; the next row's begin a number before.</param>
/// <param name="away">The same of a displacement along x: 0, and far away.</param>
internal readonly unsafe struct ColumnSpan<T>(int first, int start, int end, T* present, T* away)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly int First = first, Start = start, End = end;
    public readonly T* Present = present, Away = away;
}
