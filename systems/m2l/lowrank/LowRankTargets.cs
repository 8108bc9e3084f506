using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The second step of <see cref="LowRankM2L{T, TRegister}"/>, for a block of octets at once: transfer vector by transfer vector, coefficients of
/// sources become coefficients of targets and are added up there; then these become check potentials.
/// </summary>
internal sealed unsafe class LowRankTargets<T, TRegister>(
    Ledger ledger, ExpansionSizes expansion, BoxCoefficients<T, LowRankOperators<T>> coefficients, LevelBlock<Local, T> locals, LevelColumn<Occupancy> holds)
    : IJob, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    // Octets whose check potentials are made at once.
    private const int FinishOctets = 12;

    private readonly WorkerScratch<T> _scratch = new(ledger, "M2L: coefficients of targets");
    private readonly WorkerScratch<nint> _rows = new(ledger, "M2L: rows of coefficients");
    private Counters? _counters;
    private nint _width;
    private int _octets;

    private static int Tile => PackedProduct<TRegister, T>.TileRows;

    /// <summary>Makes room for each worker.</summary>
    public void Prepare(int workers, Counters counters)
    {
        _counters = counters;
        _width = TRegister.Count;
        _octets = 0;
        for (int unit = 0; unit < coefficients.TargetUnits.Length; unit++)
        {
            RowRun run = coefficients.TargetUnits.Pointer[unit];
            _width = Math.Max(_width, PackedMatrix.Columns(coefficients.Operators(run.Level).TargetRank, TRegister.Count));
            _octets = Math.Max(_octets, run.Count);
        }
        int check = PackedMatrix.Columns(expansion.CheckCount, TRegister.Count);
        _scratch.Prepare(workers, (((8L * _octets) + 1) * _width) + (((8 * FinishOctets) + 2) * (long)check));
        _rows.Prepare(workers, (2 * ((8L * _octets) + Tile)) + (TransferVectors.OctetCount * (1 + (3L * _octets))) + _octets);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = coefficients.TargetUnits.Pointer[unit];
        TargetOctet* octets = coefficients.Targets.Pointer + run.Start;
        LowRankOperators<T> operators = coefficients.Operators(run.Level);
        T* sums = _scratch.Of(worker);
        new Span<T>(sums, checked((int)(8 * run.Count * _width))).Clear();
        nint* from = _rows.Of(worker), to = from + (8 * _octets) + Tile, counts = to + (8 * _octets) + Tile, targets = counts + TransferVectors.OctetCount, pairs = targets + _octets;
        Collect(octets, run.Count, counts, targets, pairs);
        int columns = PackedMatrix.Columns(operators.TargetRank, TRegister.Count);
        nint stride = coefficients.Stride(run.Level), spare = 8 * run.Count * _width;
        long products = 0;
        for (int vector = 0; vector < VectorPairs.Count; vector++)
        {
            int count = 0;
            foreach (int pair in VectorPairs.Of(vector))
            {
                nint* own = pairs + (3 * _octets * (nint)(pair / 64));
                count = Rows(own, (int)counts[pair / 64], pair / 8 % 8, pair % 8, targets, stride, from, to, count);
            }
            if (count == 0) continue;
            int tiles = (count + Tile - 1) / Tile;
            for (int i = count; i < tiles * Tile; i++) (from[i], to[i]) = (from[count - 1], spare);
            PackedProduct<TRegister, T>.Run(tiles, operators.SourceRank, coefficients.Values, from, operators.Core(vector), columns, sums, to, add: true);
            products += count;
        }
        long flops = 2 * products * operators.SourceRank * operators.TargetRank;
        for (int start = 0; start < run.Count; start += FinishOctets)
            flops += Finish(octets + start, Math.Min(FinishOctets, run.Count - start), operators, sums + (8 * start * _width), targets + start, from, to, sums + spare + _width);
        _counters!.Add(0, flops, 0);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _rows.Dispose();
    }

    // A bit for each child with targets; by direction the octets with sources, a bit for each child that has some: target octet, where the
    // source octet's coefficients begin, bits.
    private void Collect(TargetOctet* octets, int count, nint* counts, nint* targets, nint* pairs)
    {
        new Span<nint>(counts, TransferVectors.OctetCount).Clear();
        for (int i = 0; i < count; i++)
        {
            (int level, int octet) = octets[i];
            Occupancy* nodes = holds[level];
            targets[i] = 0;
            for (int octant = 0; octant < 8; octant++) targets[i] |= nodes[(8 * (nint)octet) + octant].Targets ? 1 << octant : 0;
            int* neighbours = coefficients.Neighbours(level, octet);
            for (int direction = 0; direction < TransferVectors.OctetCount; direction++)
            {
                int source = neighbours[direction];
                if (source < 0) continue;
                nint sources = 0;
                for (int octant = 0; octant < 8; octant++) sources |= nodes[(8 * (nint)source) + octant].Sources ? 1 << octant : 0;
                nint* pair = pairs + (3 * ((_octets * (nint)direction) + counts[direction]++));
                (pair[0], pair[1], pair[2]) = (i, coefficients.Offset(level, 8 * source), sources);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Rows(nint* pairs, int number, int target, int source, nint* targets, nint stride, nint* from, nint* to, int count)
    {
        for (int i = 0; i < number; i++, pairs += 3)
        {
            from[count] = pairs[1] + (source * stride);
            to[count] = ((8 * pairs[0]) + target) * _width;
            count += (int)((targets[pairs[0]] >> target) & (pairs[2] >> source) & 1);
        }
        return count;
    }

    private long Finish(TargetOctet* octets, int count, LowRankOperators<T> operators, T* sums, nint* targets, nint* from, nint* to, T* checks)
    {
        int length = expansion.CheckCount, padded = PackedMatrix.Columns(length, TRegister.Count), found = 0;
        for (int i = 0; i < 8 * count; i++)
        {
            if (((targets[i / 8] >> (i % 8)) & 1) == 0) continue;
            from[found] = i * _width;
            to[found] = found * (nint)padded;
            found++;
        }
        int tiles = (found + Tile - 1) / Tile;
        nint spare = 8 * FinishOctets * (nint)padded;
        for (int i = found; i < tiles * Tile; i++) (from[i], to[i]) = (from[found - 1], spare);
        PackedProduct<TRegister, T>.Run(tiles, operators.TargetRank, sums, from, operators.Targets, padded, checks, to, add: false);
        found = 0;
        for (int i = 0; i < 8 * count; i++)
        {
            T* row = locals.Row(octets[i / 8].Level, (8 * octets[i / 8].Octet) + (i % 8));
            if (((targets[i / 8] >> (i % 8)) & 1) == 0) new Span<T>(row, length).Clear();
            else ParityRows<T>.Sort(expansion.Checks, i % 8, checks + (found++ * (nint)padded), expansion.Surface.Count, row);
        }
        return 2L * found * length * operators.TargetRank;
    }
}
