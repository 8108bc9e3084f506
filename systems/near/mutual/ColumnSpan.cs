using System.Numerics;

namespace Fmm.Systems;

/// <summary>
/// Which columns a block of rows meets (<see cref="MutualTile{TKernel, T, TRegister, TPart}"/>): all of them, unless they begin with the rows; then those behind each row.
/// </summary>
/// <param name="first">From here to <paramref name="start"/> a register holds points before and behind a row: it meets only some lanes.</param>
/// <param name="start">From here to <paramref name="end"/> each row of the block meets all lanes.</param>
/// <param name="end">Behind the last column.</param>
/// <param name="present">For column c of the block's first row, at c: 1 if they meet, else 0. For the block's row r it stands at c - r.</param>
/// <param name="away">In the same places what is added to x: 0 if they meet, else a distance that takes the point far away.</param>
internal readonly unsafe struct ColumnSpan<T>(int first, int start, int end, T* present, T* away)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly int First = first, Start = start, End = end;
    public readonly T* Present = present, Away = away;
}
