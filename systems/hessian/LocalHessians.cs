using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The second derivatives of the field that a leaf's local stands for: the same Chebyshev series that gives potentials, with the polynomials'
/// first and second derivatives in their place.
/// </summary>
internal sealed unsafe class LocalHessians<TRegister>(Ledger ledger, ExpansionSizes expansion) : IDisposable
    where TRegister : unmanaged, IRegister<TRegister, double>
{
    private readonly SortedRows<double, TRegister> _sorted = new(expansion.Checks);
    private readonly SeriesScratch<double, TRegister> _columns = new(ledger, "hessians: polynomials", 1, derivatives: 2);
    private readonly WorkerScratch<double> _scratch = new(ledger, "hessians: series");
    private readonly WorkerScratch<nint> _places = new(ledger, "hessians: rows");
    private readonly LevelBlock<Local, double> _locals = new();
    private OperatorSet<double>? _operators;
    private TreeShape? _shape;

    private static int Rows => OperatorProduct<TRegister, double>.Padded(WorkPlan.Batch);

    private nint SeriesRoom => _columns.Longest;

    /// <summary>Takes a tree's locals and operators.</summary>
    public void Prepare(NodeRows rows, OperatorSet<double> operators, TreeShape shape, int workers)
    {
        _operators = operators;
        _shape = shape;
        _locals.Read(rows);
        _columns.Prepare(workers, operators, shape);
        _scratch.Prepare(workers, (WorkPlan.Batch * (long)expansion.CheckCount) + ((Rows + 1) * (long)SeriesRoom));
        _places.Prepare(workers, 2 * Rows);
    }

    /// <summary>Takes the locals of some leaves of a level to series.</summary>
    public void Load(int level, ReadOnlySpan<int> leaves, int worker)
    {
        int check = expansion.CheckCount;
        double* checks = _scratch.Of(worker), series = checks + (WorkPlan.Batch * (nint)check);
        for (int i = 0; i < leaves.Length; i++) _sorted.Load(_locals.Row(level, leaves[i]), leaves[i] & 7, checks + (i * (nint)check));
        LevelOperators<double> operators = _operators![level];
        for (int parity = 0; parity < 8; parity++)
        {
            OperatorProduct<TRegister, double>.Run(
                leaves.Length, checks + expansion.Checks.Start[expansion.Checks.SegmentOf(parity, 0)], check, operators.L2P, parity,
                series + operators.Series.Start[parity], SeriesRoom, _places.Of(worker));
        }
    }

    /// <summary>Sets the second derivatives at a piece of the targets of a loaded leaf, in the root's unit.</summary>
    /// <param name="leaf">The leaf's place among those loaded.</param>
    /// <param name="level">Its level.</param>
    /// <param name="key">Its key.</param>
    /// <param name="targets">The targets, at most a piece of <see cref="SeriesScratch{T, TRegister}.Piece"/>.</param>
    /// <param name="sums">Receives six columns.</param>
    /// <param name="stride">Numbers from one of them to the next.</param>
    /// <param name="worker">Who asks.</param>
    public void Set(int leaf, int level, ulong key, PointList<double> targets, double* sums, int stride, int worker)
    {
        SeriesLayout layout = _operators![level].Series;
        double* sorted = _scratch.Of(worker) + (WorkPlan.Batch * (nint)expansion.CheckCount), series = sorted + (Rows * SeriesRoom);
        layout.Unsort(sorted + (leaf * SeriesRoom), series);
        Position centre = LevelUnit.Centre<double>(_shape!, level, key);
        int count = targets.Count, length = PackedMatrix.Columns(targets.Count, SeriesSum<double, TRegister>.Group);
        nint room = _columns.Room;
        double* points = _columns.Points(worker), x = _columns.Columns(worker), y = x + room, z = y + room;
        double slope = 1 / _shape!.ScaledHalfWidth(level);
        Axis(targets.X, centre.X, points, targets.Count, length, slope, layout.Extent[0], x);
        Axis(targets.Y, centre.Y, points, targets.Count, length, slope, layout.Extent[1], y);
        Axis(targets.Z, centre.Z, points, targets.Count, length, slope, layout.Extent[2], z);
        nint first = 3 * room, second = 6 * room;
        Sum(x + second, y, z, 0);
        Sum(x + first, y + first, z, 1);
        Sum(x + first, y, z + first, 2);
        Sum(x, y + second, z, 3);
        Sum(x, y + first, z + first, 4);
        Sum(x, y, z + second, 5);

        void Sum(double* alongX, double* alongY, double* alongZ, int component)
        {
            double* column = sums + (component * (nint)stride);
            SeriesSum<double, TRegister>.Values(layout.Blocks, series, alongX, alongY, alongZ, length, column);
            for (int i = 0; i < count; i++) column[i] *= slope * slope;
        }
    }

    public void Dispose()
    {
        _columns.Dispose();
        _scratch.Dispose();
        _places.Dispose();
    }

    private void Axis(double* coordinates, double centre, double* points, int count, int length, double inverse, int extent, double* columns)
    {
        extent = Math.Max(2, extent);
        SeriesScratch<double, TRegister>.Copy(coordinates, points, count, length, centre);
        ChebyshevColumns<double, TRegister>.Fill(points, null, length, inverse, extent, columns);
        double* slopes = columns + (3 * _columns.Room);
        ChebyshevColumns<double, TRegister>.FillSlopes(columns, length, extent, slopes);
        ChebyshevColumns<double, TRegister>.FillCurvatures(columns, slopes, length, extent, slopes + (3 * _columns.Room));
    }
}
