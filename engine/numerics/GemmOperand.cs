using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>A matrix or its transpose where it lies: element (i, j) is Data[i RowStep + j ColumnStep].</summary>
internal readonly unsafe struct GemmOperand<T>(T* data, nint rowStep, nint columnStep)
    where T : unmanaged
{
    public readonly T* Data = data;

    public readonly nint RowStep = rowStep;

    public readonly nint ColumnStep = columnStep;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GemmOperand<T> At(int row, int column) => new(Data + row * RowStep + column * ColumnStep, RowStep, ColumnStep);
}
