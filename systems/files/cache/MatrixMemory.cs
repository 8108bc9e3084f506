using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>The elements of a matrix in native memory, for those who take a <see cref="Memory{T}"/>; valid as long as the matrix is.</summary>
internal sealed unsafe class MatrixMemory(PlainMatrix matrix) : MemoryManager<double>
{
    /// <inheritdoc/>
    public override Span<double> GetSpan() => matrix.Elements;

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) =>
        new((double*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(matrix.Elements)) + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
