using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Which products of Chebyshev polynomials the series of a box hold, and in which order: by the parity of (i, j, k) first, so that the
/// coefficients of a parity are one run.
/// </summary>
internal sealed unsafe class SeriesLayout(Ledger ledger) : IDisposable
{
    // Runs of a parity begin at whole registers of any width.
    private const int Line = 16;
    private readonly NativeBuffer<SeriesBlock> _blocks = new(ledger, "operators: blocks of the series");

    /// <summary>The blocks.</summary>
    public ReadOnlySpan<SeriesBlock> Blocks => _blocks.Span;

    /// <summary>First coefficient of each parity; entry 8 is the room that a series takes.</summary>
    public int[] Start { get; } = new int[9];

    /// <summary>Coefficients of each parity.</summary>
    public int[] Count { get; } = new int[8];

    /// <summary>Coefficients of all parities.</summary>
    public int Total => Count.Sum();

    /// <summary>Polynomials needed along x, y and z.</summary>
    public int[] Extent { get; } = new int[3];

    /// <summary>Chooses the fewest chunks that leave out no more than a share of the whole.</summary>
    /// <param name="energy">Mean square of each product with its coefficient, n x n x n.</param>
    /// <param name="n">Degrees an axis.</param>
    /// <param name="tolerance">Root of the share that may be left out.</param>
    public void Choose(double[] energy, int n, double tolerance)
    {
        List<(double Energy, int I, int J, int K, int Chunk)> chunks = [];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j += (j & 1) == 0 ? 1 : (2 * SeriesBlock.Rows) - 1)
            {
                for (int k = 0; k < 2; k++)
                {
                    for (int chunk = 0; k + (2 * SeriesBlock.ChunkDegrees * chunk) < n; chunk++) chunks.Add((Sum(energy, n, i, j, k, chunk), i, j, k, chunk));
                }
            }
        }
        double budget = tolerance * tolerance * energy.Sum(), lost = 0;
        Dictionary<(int Parity, int I, int J, int K), int> kept = [];
        foreach ((double own, int i, int j, int k, int chunk) in chunks.OrderBy(one => one.Energy))
        {
            lost += own;
            if (lost <= budget) continue;
            (int, int, int, int) block = ((i & 1) | ((j & 1) << 1) | (k << 2), i, j, k);
            kept[block] = Math.Max(kept.GetValueOrDefault(block), chunk + 1);
        }
        _blocks.Resize(kept.Count);
        int offset = 0, at = 0;
        Array.Clear(Count);
        Array.Clear(Extent);
        for (int parity = 0; parity < 8; parity++)
        {
            Start[parity] = offset;
            foreach (((int Parity, int I, int J, int K) one, int length) in kept.Where(one => one.Key.Parity == parity).OrderBy(one => one.Key))
            {
                SeriesBlock block = new(one.I, one.J, one.K, length, offset);
                _blocks[at++] = block;
                Count[parity] += block.Length;
                offset += block.Length;
                Extent[0] = Math.Max(Extent[0], block.I + 1);
                Extent[1] = Math.Max(Extent[1], block.J + (2 * SeriesBlock.Rows) - 1);
                Extent[2] = Math.Max(Extent[2], block.K + (2 * SeriesBlock.ChunkDegrees * length) - 1);
            }
            offset = (offset + Line - 1) / Line * Line;
        }
        Start[8] = offset;
    }

    public void Dispose() => _blocks.Dispose();

    private static double Sum(double[] energy, int n, int i, int j, int k, int chunk)
    {
        double sum = 0;
        for (int row = 0; row < SeriesBlock.Rows && j + (2 * row) < n; row++)
        {
            for (int degree = 0; degree < SeriesBlock.ChunkDegrees; degree++)
            {
                int at = k + (2 * ((chunk * SeriesBlock.ChunkDegrees) + degree));
                if (at < n) sum += energy[(((i * n) + j + (2 * row)) * n) + at];
            }
        }
        return sum;
    }
}
