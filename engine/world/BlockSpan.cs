namespace Fmm.Engine;

/// <summary>A block component's rows as one matrix: <see cref="Rows"/> x <see cref="Stride"/>, row-major, contiguous.</summary>
/// <typeparam name="TScalar">The scalar.</typeparam>
public readonly unsafe ref struct BlockSpan<TScalar>
    where TScalar : unmanaged
{
    internal BlockSpan(TScalar* pointer, int rows, int stride)
    {
        Pointer = pointer;
        Rows = rows;
        Stride = stride;
    }

    /// <summary>The first scalar of row 0, 64-byte aligned; for kernels and BLAS.</summary>
    public TScalar* Pointer { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Scalars a row: the leading dimension.</summary>
    public int Stride { get; }

    /// <summary>All rows behind each other.</summary>
    /// <exception cref="OverflowException">There are more than 2^31 - 1 scalars; go by rows or by <see cref="Pointer"/>.</exception>
    public Span<TScalar> Span => new(Pointer, checked(Rows * Stride));

    /// <summary>The scalars of one row.</summary>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<TScalar> this[int row]
    {
        get
        {
            if (unchecked((uint)row) >= (uint)Rows)
                throw new ArgumentOutOfRangeException(nameof(row), row, $"The block has {Rows} rows.");
            return new Span<TScalar>(Pointer + ((long)row * Stride), Stride);
        }
    }
}
