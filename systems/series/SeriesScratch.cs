using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A worker's room for the polynomials at a piece of a leaf's points, and for so many of their derivatives.</summary>
internal sealed unsafe class SeriesScratch<T, TRegister>(Ledger ledger, string name, int components, int derivatives) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly WorkerScratch<T> _columns = new(ledger, name);
    private int _extent;

    /// <summary>
    /// Points of a piece. With sixteen registers the polynomials of an axis stay in the first-level cache, and sums are fetched and put
    /// down rarely.
    /// </summary>
    public static int Piece => 16 * TRegister.Count;

    /// <summary>Room of the longest series, by blocks and by parity.</summary>
    public int Longest { get; private set; }

    /// <summary>Numbers from the columns of an axis to those of the next.</summary>
    public nint Room => (nint)_extent * Piece;

    /// <summary>Makes room for each worker over the levels of a tree.</summary>
    public void Prepare(int workers, OperatorSet<T> operators, TreeShape shape)
    {
        _extent = Longest = 0;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++)
        {
            SeriesLayout layout = operators[level].Series;
            _extent = Math.Max(_extent, layout.Extent.Max());
            Longest = Math.Max(Longest, Math.Max(layout.Room, layout.Start[8]));
        }
        _columns.Prepare(workers, ((3 + components) * (long)Piece) + ((derivatives > 0 ? 3 * (1 + derivatives) : 2 + components) * (long)Room));
    }

    /// <summary>Coordinates of a piece's points, and their charges component by component, <see cref="Piece"/> apart.</summary>
    public T* Points(int worker) => _columns.Of(worker);

    /// <summary>Polynomials of x (with each component's charges as factors), y and z, and behind them their derivatives.</summary>
    public T* Columns(int worker) => _columns.Of(worker) + ((3 + components) * (nint)Piece);

    /// <summary>Copies coordinates minus a centre's, with zeros up to a length.</summary>
    public static void Copy(T* from, T* to, int count, int length, double centre)
    {
        ColumnLoops.Shift(from, to, count, T.CreateTruncating(-centre));
        new Span<T>(to + count, length - count).Clear();
    }

    public void Dispose() => _columns.Dispose();
}
