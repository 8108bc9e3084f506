using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The first step of <see cref="LowRankM2L{T, TRegister}"/>: densities to coefficients of the sources' basis.</summary>
internal sealed unsafe class LowRankSources<T, TRegister>(
    Ledger ledger, ExpansionSizes expansion, BoxCoefficients<T, LowRankOperators<T>> coefficients, LevelBlock<Multipole, T> multipoles,
    LevelBlock<Local, T> locals, LevelColumn<Occupancy> holds) : IJob, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly WorkerScratch<T> _scratch = new(ledger, "M2L: densities point by point");
    private readonly WorkerScratch<nint> _rows = new(ledger, "M2L: rows of densities");
    private Counters? _counters;

    private static int Tile => PackedProduct<TRegister, T>.TileRows;

    private static int Rows => (8 * BoxCoefficients<T, LowRankOperators<T>>.SourceOctets) + Tile;

    /// <summary>Makes room for each worker.</summary>
    public void Prepare(int workers, Counters counters)
    {
        _counters = counters;
        nint widest = 0;
        for (int unit = 0; unit < coefficients.SourceUnits.Length; unit++)
            widest = Math.Max(widest, coefficients.Stride(coefficients.SourceUnits.Pointer[unit].Level));
        _scratch.Prepare(workers, (Rows * (long)expansion.DensityCount) + widest);
        _rows.Prepare(workers, 2 * Rows);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = coefficients.SourceUnits.Pointer[unit];
        LowRankOperators<T> operators = coefficients.Operators(run.Level);
        int density = expansion.DensityCount, count = 0;
        T* densities = _scratch.Of(worker);
        nint* from = _rows.Of(worker), to = from + Rows;
        for (int octet = run.Start; octet < run.Start + run.Count; octet++)
        {
            if (!coefficients.HasTransfers(run.Level, octet))
                new Span<T>(locals.Row(run.Level, 8 * octet), 8 * expansion.CheckCount).Clear();
            for (int octant = 0; octant < 8; octant++)
            {
                int row = (8 * octet) + octant;
                if (!holds[run.Level][row].Sources) continue;
                nint place = coefficients.Offset(run.Level, row);
                T* target = operators.HasSources ? densities + (count * (nint)density) : coefficients.Values + place;
                ParityRows<T>.Unsort(expansion.Densities, octant, multipoles.Row(run.Level, row), expansion.Surface.Count, target);
                for (nint i = density; !operators.HasSources && i < coefficients.Stride(run.Level); i++) target[i] = T.Zero;
                from[count] = count * (nint)density;
                to[count++] = place;
            }
        }
        if (!operators.HasSources || count == 0) return;
        int tiles = (count + Tile - 1) / Tile;
        nint spare = (nint)(densities + (Rows * (nint)density) - coefficients.Values);
        for (int i = count; i < tiles * Tile; i++) (from[i], to[i]) = (from[count - 1], spare);
        PackedProduct<TRegister, T>.Run(
            tiles, density, densities, from, operators.Sources, PackedMatrix.Columns(operators.SourceRank, TRegister.Count), coefficients.Values, to, add: false);
        _counters!.Add(0, 2L * count * density * operators.SourceRank, 0);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _rows.Dispose();
    }
}
