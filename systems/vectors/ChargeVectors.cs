namespace Fmm.Systems;

/// <summary>Several charge vectors on the same points, which are evaluated together.</summary>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="Order">How their numbers follow each other, charges and fields alike.</param>
public readonly record struct ChargeVectors(int Count, VectorOrder Order = VectorOrder.VectorMajor)
{
    /// <summary>One vector.</summary>
    public static ChargeVectors One => new(1);

    /// <summary>Brings numbers to vector after vector.</summary>
    /// <param name="given">The numbers in <see cref="Order"/>.</param>
    /// <param name="numbers">Numbers of a point in a vector.</param>
    /// <param name="vectors">Receives them.</param>
    internal void Part(ReadOnlySpan<double> given, int numbers, Span<double> vectors)
    {
        if (Order == VectorOrder.VectorMajor || Count == 1) given.CopyTo(vectors);
        else Exchange(given, Count, given.Length / (Count * numbers), numbers, vectors);
    }

    /// <summary>The way back.</summary>
    /// <param name="vectors">The numbers, vector after vector.</param>
    /// <param name="numbers">Numbers of a point in a vector.</param>
    /// <param name="wanted">Receives them in <see cref="Order"/>.</param>
    internal void Join(ReadOnlySpan<double> vectors, int numbers, Span<double> wanted)
    {
        if (Order == VectorOrder.VectorMajor || Count == 1) vectors.CopyTo(wanted);
        else Exchange(vectors, vectors.Length / (Count * numbers), Count, numbers, wanted);
    }

    // A matrix of rows by columns, of cells of some numbers, to its transpose: `columns` cells stand together in `from`, `rows` in `to`. Rows go in
    // blocks, so that what is written lies in few lines at a time.
    private static void Exchange(ReadOnlySpan<double> from, int columns, int rows, int numbers, Span<double> to)
    {
        const int Block = 64;
        for (int start = 0; start < rows; start += Block)
        {
            int end = Math.Min(rows, start + Block);
            for (int column = 0; column < columns; column++)
            {
                for (int row = start; row < end; row++)
                {
                    int at = ((row * columns) + column) * numbers, there = ((column * rows) + row) * numbers;
                    for (int c = 0; c < numbers; c++) to[there + c] = from[at + c];
                }
            }
        }
    }
}
