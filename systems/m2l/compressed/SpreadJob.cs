using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The second step of <see cref="CompressedM2L{T, TRegister}"/>, for a block of octets at once: class by class, what the source boxes send is
/// reduced to the class's rank (gathered), summed over a class's eight mirror images with the signs of each parity, and multiplied to
/// coefficients of check potentials (spread).
/// </summary>
internal sealed unsafe class SpreadJob<T, TRegister>(
    Ledger ledger, ExpansionSizes expansion, BoxCoefficients<T, CompressedOperators<T>> coefficients, LevelBlock<Local, T> locals, LevelColumn<Occupancy> holds)
    : IJob, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>
    /// Octets to which fields are brought at once: whole tiles, and enough that reading the matrices from beyond the caches
    /// does not count (at order 12 in double precision 136 MB for 2.6 GFLOP).
    /// </summary>
    public const int Octets = 48;

    private readonly WorkerScratch<T> _scratch = new(ledger, "M2L: parities");
    private readonly WorkerScratch<nint> _rows = new(ledger, "M2L: rows to spread");
    private readonly LocalRows<T, TRegister> _finish = new(ledger, expansion, coefficients, locals);
    private Counters? _counters;
    private long _widest;
    private long _tallest;

    private static int Tile => PackedProduct<TRegister, T>.TileRows;

    private static int Boxes => (8 * Octets) + Tile;

    private static int Rows => Octets + Tile;

    /// <summary>Makes room for each worker.</summary>
    public void Prepare(int workers, Counters counters)
    {
        _counters = counters;
        _widest = _tallest = TRegister.Count;
        for (int unit = 0; unit < coefficients.TargetUnits.Length; unit++)
        {
            CompressedOperators<T> operators = coefficients.Operators(coefficients.TargetUnits.Pointer[unit].Level);
            _tallest = Math.Max(_tallest, PackedMatrix.Columns(operators.TargetRank, TRegister.Count));
            for (int ring = 1; ring < OctetMirrors.ClassCount; ring++)
                _widest = Math.Max(_widest, PackedMatrix.Columns(operators.ClassRank[ring], TRegister.Count));
        }
        _scratch.Prepare(workers, ((Boxes + (8 * Rows)) * _widest) + (8 * Rows * _tallest) + _widest);
        _rows.Prepare(workers, (3 * Boxes) + (2 * Rows));
        _finish.Prepare(workers);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        RowRun run = coefficients.TargetUnits.Pointer[unit];
        TargetOctet* octets = coefficients.Targets.Pointer + run.Start;
        CompressedOperators<T> operators = coefficients.Operators(run.Level);
        T* reached = _scratch.Of(worker);
        T* parities = reached + (Boxes * _widest);
        T* sums = parities + (8 * Rows * _widest);
        T* nothing = sums + (8 * Rows * _tallest);
        new Span<T>(sums, (int)((8 * Rows * _tallest) + _widest)).Clear();
        nint* from = _rows.Of(worker), to = from + Boxes, where = to + Boxes, rows = where + Boxes, targets = rows + Rows;
        T** boxes = stackalloc T*[8];
        long flops = 0;
        for (int ring = 1; ring < OctetMirrors.ClassCount; ring++)
        {
            int present = Collect(octets, run.Count, ring, from, where);
            if (present == 0) continue;
            int depth = operators.SourceDepth[ring], height = operators.TargetDepth[ring], rank = operators.ClassRank[ring];
            int padded = PackedMatrix.Columns(rank, TRegister.Count);
            bool whole = operators.Whole[ring];
            if (!whole)
            {
                int tiles = (present + Tile - 1) / Tile;
                for (int i = 0; i < tiles * Tile; i++)
                {
                    if (i >= present) from[i] = from[present - 1];
                    to[i] = i * padded;
                }
                PackedProduct<TRegister, T>.Run(tiles, depth, coefficients.Values, from, operators.Gather[ring].Pointer, padded, reached, to, add: false);
                flops += 2L * present * depth * rank;
            }
            int count = 0;
            for (int i = 0; i < run.Count; i++)
            {
                bool any = false;
                for (int octant = 0; octant < 8; octant++)
                {
                    nint place = where[(8 * i) + octant];
                    any |= place >= 0;
                    boxes[octant] = place < 0 ? nothing : whole ? coefficients.Values + from[place] : reached + (place * padded);
                }
                if (!any) continue;
                WalshHadamard<T, TRegister>.Run(boxes, padded, parities + (count * padded), (nint)Rows * padded);
                rows[count] = count * (nint)padded;
                targets[count++] = i * (nint)_tallest;
            }
            int rowTiles = (count + Tile - 1) / Tile;
            for (int i = count; i < rowTiles * Tile; i++)
            {
                rows[i] = rows[count - 1];
                targets[i] = run.Count * (nint)_tallest;
            }
            nint length = (nint)PackedMatrix.Length(rank, height, TRegister.Count);
            for (int parity = 0; parity < 8; parity++)
            {
                PackedProduct<TRegister, T>.Run(
                    rowTiles, rank, parities + (parity * (nint)Rows * padded), rows, operators.Spread[ring].Pointer + (parity * length),
                    PackedMatrix.Columns(height, TRegister.Count), sums + (parity * Rows * (nint)_tallest), targets, add: true);
            }
            flops += 16L * count * rank * height;
        }
        flops += _finish.Write(octets, run.Count, operators.Target, sums, (nint)_tallest, Rows * (nint)_tallest, worker);
        _counters!.Add(0, flops, 0);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _rows.Dispose();
        _finish.Dispose();
    }

    // The boxes of a class that have sources: where their coefficients begin, and which is whose; -1 where there is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Collect(TargetOctet* octets, int count, int ring, nint* from, nint* where)
    {
        int present = 0;
        for (int i = 0; i < count; i++)
        {
            int* neighbours = coefficients.Neighbours(octets[i].Level, octets[i].Octet);
            Occupancy* nodes = holds[octets[i].Level];
            for (int octant = 0; octant < 8; octant++)
            {
                int octet = neighbours[OctetMirrors.Neighbour(ring, octant)];
                nint row = (8 * (nint)octet) + octant;
                where[(8 * i) + octant] = -1;
                if (octet < 0 || !nodes[row].Sources) continue;
                where[(8 * i) + octant] = present;
                from[present++] = coefficients.Offset(octets[i].Level, (int)row);
            }
        }
        return present;
    }
}
