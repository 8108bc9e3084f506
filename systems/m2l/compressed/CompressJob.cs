using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The first step of <see cref="CompressedM2L{T, TRegister}"/>: densities to coefficients of the common basis.</summary>
internal sealed unsafe class CompressJob<T, TRegister>(
    Ledger ledger, ExpansionSizes expansion, BoxCoefficients<T, CompressedOperators<T>> coefficients, LevelBlock<Multipole, T> multipoles, LevelBlock<Local, T> locals,
    LevelColumn<Occupancy> holds) : IJob, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly WorkerScratch<T> _scratch = new(ledger, "M2L: coefficients by parity");
    private readonly WorkerScratch<nint> _rows = new(ledger, "M2L: rows to compress");
    private Counters? _counters;

    private static int Rows => (8 * BoxCoefficients<T, CompressedOperators<T>>.SourceOctets) + PackedProduct<TRegister, T>.TileRows;

    /// <summary>Makes room for each worker.</summary>
    public void Prepare(int workers, Counters counters)
    {
        _counters = counters;
        long longest = 0;
        for (int unit = 0; unit < coefficients.SourceUnits.Length; unit++)
        {
            CompressedBasis<T> basis = coefficients.Operators(coefficients.SourceUnits.Pointer[unit].Level).Source;
            longest = Math.Max(longest, basis.Start[8]);
        }
        _scratch.Prepare(workers, Rows * longest);
        _rows.Prepare(workers, 3 * Rows);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        RowRun run = coefficients.SourceUnits.Pointer[unit];
        CompressedBasis<T> basis = coefficients.Operators(run.Level).Source;
        int length = basis.Points.Start[8], width = basis.Start[8];
        T* found = _scratch.Of(worker), densities = multipoles.Row(run.Level, 0);
        nint* rows = _rows.Of(worker), from = rows + Rows, to = from + Rows;
        int count = 0;
        for (int octet = run.Start; octet < run.Start + run.Count; octet++)
        {
            if (!coefficients.HasTransfers(run.Level, octet))
                new Span<T>(locals.Row(run.Level, 8 * octet), 8 * expansion.CheckCount).Clear();
            for (int octant = 0; octant < 8; octant++)
            {
                int row = (8 * octet) + octant;
                if (!holds[run.Level][row].Sources) continue;
                rows[count++] = row;
            }
        }
        int tiles = (count + PackedProduct<TRegister, T>.TileRows - 1) / PackedProduct<TRegister, T>.TileRows;
        long products = 0;
        for (int segment = 0; segment < 8; segment++)
        {
            int depth = basis.Points.Length(segment), rank = basis.Count[segment];
            for (int i = 0; i < tiles * PackedProduct<TRegister, T>.TileRows; i++)
            {
                from[i] = (rows[Math.Min(i, count - 1)] * length) + basis.Points.Start[segment];
                to[i] = (Math.Min(i, count) * (nint)width) + basis.Start[segment];
            }
            PackedProduct<TRegister, T>.Run(
                tiles, depth, densities, from, basis.Matrix(segment), PackedMatrix.Columns(rank, TRegister.Count), found, to, add: false);
            products += (long)depth * rank;
        }
        int stride = (int)coefficients.Stride(run.Level);
        for (int i = 0; i < count; i++)
        {
            T* values = coefficients.Values + coefficients.Offset(run.Level, (int)rows[i]);
            T* row = found + (i * (nint)width);
            for (int j = 0; j < basis.Place.Length; j++) values[j] = row[basis.Place[j]];
            for (int j = basis.Place.Length; j < stride; j++) values[j] = T.Zero;
        }
        _counters!.Add(0, 2 * count * products, 0);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _rows.Dispose();
    }
}
