using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The last step of <see cref="CompressedM2L{T, TRegister}"/>: the parities of octets to the check potentials of their children.</summary>
internal sealed unsafe class LocalRows<T, TRegister>(
    Ledger ledger, ExpansionSizes expansion, BoxCoefficients<T, CompressedOperators<T>> coefficients, LevelBlock<Local, T> locals) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly WorkerScratch<T> _scratch = new(ledger, "M2L: check potentials by parity");
    private readonly WorkerScratch<nint> _rows = new(ledger, "M2L: rows of check potentials");
    private readonly SortedRows<T, TRegister> _sorted = new(expansion.Checks);

    private static int Tile => PackedProduct<TRegister, T>.TileRows;

    // Octets at a time: whole tiles of children.
    private static int Octets => 12;

    private static int Rows => (8 * Octets) + Tile;

    /// <summary>Makes room for each worker.</summary>
    public void Prepare(int workers)
    {
        long longest = 0;
        for (int unit = 0; unit < coefficients.TargetUnits.Length; unit++)
        {
            CompressedBasis<T> basis = coefficients.Operators(coefficients.TargetUnits.Pointer[unit].Level).Target;
            longest = Math.Max(longest, (Rows * (basis.Points.Start[8] + basis.Start[8])) + (8L * PackedMatrix.Columns(basis.Rank, TRegister.Count)));
        }
        _scratch.Prepare(workers, longest);
        _rows.Prepare(workers, 2 * Rows);
    }

    /// <summary>Writes the check potentials of a block of octets; returns the floating-point operations spent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Write(TargetOctet* octets, int count, CompressedBasis<T> basis, T* sums, nint stride, nint parityStride, int worker)
    {
        long flops = 0;
        for (int start = 0; start < count; start += Octets)
            flops += WriteSome(octets + start, Math.Min(Octets, count - start), basis, sums + (start * stride), stride, parityStride, worker);
        return flops;
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _rows.Dispose();
    }

    private long WriteSome(TargetOctet* octets, int count, CompressedBasis<T> basis, T* sums, nint stride, nint parityStride, int worker)
    {
        int rank = basis.Rank, padded = PackedMatrix.Columns(rank, TRegister.Count), width = basis.Start[8], length = basis.Points.Start[8];
        T* sorted = _scratch.Of(worker);
        T* checks = sorted + (Rows * width);
        T* children = checks + (Rows * length);
        T** rows = stackalloc T*[8];
        for (int i = 0; i < count; i++)
        {
            for (int parity = 0; parity < 8; parity++) rows[parity] = sums + (parity * parityStride) + (i * stride);
            WalshHadamard<T, TRegister>.Run(rows, padded, children, padded);
            for (int octant = 0; octant < 8; octant++)
            {
                T* row = sorted + (((8 * i) + octant) * (nint)width);
                T* child = children + (octant * padded);
                for (int j = 0; j < rank; j++) row[basis.Place[j]] = child[j];
            }
        }
        nint* from = _rows.Of(worker), to = from + Rows;
        int tiles = ((8 * count) + Tile - 1) / Tile;
        long products = 0;
        for (int segment = 0; segment < 8; segment++)
        {
            int depth = basis.Count[segment], number = basis.Points.Length(segment);
            for (int i = 0; i < tiles * Tile; i++)
            {
                from[i] = (Math.Min(i, (8 * count) - 1) * (nint)width) + basis.Start[segment];
                to[i] = (Math.Min(i, 8 * count) * (nint)length) + basis.Points.Start[segment];
            }
            PackedProduct<TRegister, T>.Run(
                tiles, depth, sorted, from, basis.Matrix(segment), PackedMatrix.Columns(number, TRegister.Count), checks, to, add: false);
            products += (long)depth * number;
        }
        for (int i = 0; i < 8 * count; i++)
        {
            TargetOctet octet = octets[i / 8];
            T* row = locals.Row(octet.Level, (8 * octet.Octet) + (i % 8));
            // Octets are transferred as their first child sees them, which is how rows are stored.
            _sorted.Store(checks + (i * (nint)length), octant: 0, T.One, row);
        }
        return 16L * count * products;
    }
}
