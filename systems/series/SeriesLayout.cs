using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Which products of Chebyshev polynomials the series of a box hold. The loops over points take them block by block; the products with
/// operators take those of a parity of (i, j, k) together.
/// </summary>
/// <remarks>
/// Blocks of 4 x 3 degrees need 852 coefficients for an error of 1.2e-8 where single ones would be 703, and blocks of one parity 1152.
/// </remarks>
internal sealed unsafe class SeriesLayout(Ledger ledger) : IDisposable
{
    // Registers are summed up so many at a time, and runs of a parity begin at whole registers of any width.
    private const int Line = 16;
    private readonly NativeBuffer<SeriesBlock> _blocks = new(ledger, "operators: blocks of the series");
    private readonly NativeBuffer<int> _places = new(ledger, "operators: places of the series by parity");

    /// <summary>The blocks.</summary>
    public ReadOnlySpan<SeriesBlock> Blocks => _blocks.Span;

    /// <summary>Coefficients of all blocks.</summary>
    public int Length => _places.Length;

    /// <summary>Room that the coefficients take by blocks.</summary>
    public int Room => (Length + Line - 1) / Line * Line;

    /// <summary>By parity: the first coefficient of each; entry 8 is the room that they take.</summary>
    public int[] Start { get; } = new int[9];

    /// <summary>Coefficients of each parity.</summary>
    public int[] Count { get; } = new int[8];

    /// <summary>Polynomials needed along x, y and z.</summary>
    public int[] Extent { get; } = new int[3];

    /// <summary>The fewest chunks that leave out no more than a share of the whole.</summary>
    /// <param name="energy">Mean square of each product with its coefficient, n x n x n.</param>
    /// <param name="n">Degrees an axis.</param>
    /// <param name="tolerance">Root of the share that may be left out.</param>
    public static SeriesBlock[] Choose(double[] energy, int n, double tolerance)
    {
        List<(double Energy, int I, int J, int Chunk)> chunks = [];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j += SeriesBlock.Rows)
                for (int chunk = 0; SeriesBlock.ChunkDegrees * chunk < n; chunk++) chunks.Add((Sum(energy, n, i, j, chunk), i, j, chunk));
        }
        double budget = tolerance * tolerance * energy.Sum(), lost = 0;
        SortedDictionary<(int I, int J), int> kept = [];
        foreach ((double own, int i, int j, int chunk) in chunks.OrderBy(one => one.Energy))
        {
            lost += own;
            if (lost > budget) kept[(i, j)] = Math.Max(kept.GetValueOrDefault((i, j)), chunk + 1);
        }
        // A kernel that is screened away within a box has no energy at all; the loops over points take one chunk at least.
        if (kept.Count == 0) kept[(0, 0)] = 1;
        SeriesBlock[] blocks = new SeriesBlock[kept.Count];
        int length = 0, at = 0;
        foreach (((int i, int j), int chunk) in kept)
        {
            SeriesBlock block = blocks[at++] = new(i, j, chunk, length);
            length += block.Length;
        }
        return blocks;
    }

    /// <summary>Takes blocks over and sorts their coefficients by parity.</summary>
    public void Set(ReadOnlySpan<SeriesBlock> blocks)
    {
        _blocks.Resize(blocks.Length);
        blocks.CopyTo(_blocks.Span);
        Array.Clear(Extent);
        int length = 0;
        foreach (SeriesBlock block in blocks)
        {
            length += block.Length;
            Extent[0] = Math.Max(Extent[0], block.I + 1);
            Extent[1] = Math.Max(Extent[1], block.J + SeriesBlock.Rows);
            Extent[2] = Math.Max(Extent[2], SeriesBlock.ChunkDegrees * block.Chunks);
        }
        SortByParity(length);
    }

    /// <summary>Block by block to parity by parity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort<T>(T* coefficients, T* sorted)
        where T : unmanaged
    {
        // Blocks have whole fours.
        int* place = _places.Pointer, end = place + Length;
        for (; place < end; place += 4, coefficients += 4)
        {
            sorted[place[0]] = coefficients[0];
            sorted[place[1]] = coefficients[1];
            sorted[place[2]] = coefficients[2];
            sorted[place[3]] = coefficients[3];
        }
    }

    /// <summary>The way back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unsort<T>(T* sorted, T* coefficients)
        where T : unmanaged
    {
        int* place = _places.Pointer, end = place + Length;
        for (; place < end; place += 4, coefficients += 4)
        {
            coefficients[0] = sorted[place[0]];
            coefficients[1] = sorted[place[1]];
            coefficients[2] = sorted[place[2]];
            coefficients[3] = sorted[place[3]];
        }
    }

    /// <summary>Degrees of the coefficients of a parity, in their order.</summary>
    public static (int I, int J, int K)[] Degrees(ReadOnlySpan<SeriesBlock> blocks, int parity)
    {
        List<(int, int, int)> degrees = [];
        foreach (SeriesBlock block in blocks) for (int i = 0; i < block.Length; i++) if (block.Parity(i) == parity) degrees.Add(block.Degrees(i));
        return [.. degrees];
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _places.Dispose();
    }

    private void SortByParity(int length)
    {
        _places.Resize(length);
        Array.Clear(Count);
        foreach (SeriesBlock block in Blocks) for (int i = 0; i < block.Length; i++) _places[block.Offset + i] = Count[block.Parity(i)]++;
        for (int parity = 0; parity < 8; parity++) Start[parity + 1] = (Start[parity] + Count[parity] + Line - 1) / Line * Line;
        foreach (SeriesBlock block in Blocks) for (int i = 0; i < block.Length; i++) _places[block.Offset + i] += Start[block.Parity(i)];
    }

    private static double Sum(double[] energy, int n, int i, int j, int chunk)
    {
        double sum = 0;
        for (int row = j; row < Math.Min(j + SeriesBlock.Rows, n); row++)
            for (int k = chunk * SeriesBlock.ChunkDegrees; k < Math.Min((chunk + 1) * SeriesBlock.ChunkDegrees, n); k++) sum += energy[(((i * n) + row) * n) + k];
        return sum;
    }
}
