using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The way of given points to the ranks that own their cells, and of what belongs to a point there and back: it goes out in Morton order, so that what goes to
/// one rank stands together, and stands there by the rank it is from.
/// </summary>
internal sealed unsafe class RankRoute(Ledger ledger, string name) : IDisposable
{
    private const int PointsAUnit = 16384;
    private readonly NativeBuffer<double> _packed = new(ledger, $"{name}, packed");
    private readonly PackJob _job = new();
    private long[] _sent = [], _received = [];

    /// <summary>The given points' numbers in Morton order.</summary>
    public NativeBuffer<int> Order { get; } = new(ledger, $"{name}, order");

    /// <summary>Work that fell to each given point in the last update that measured it; empty before one has.</summary>
    public NativeBuffer<double> Weights { get; } = new(ledger, $"{name}, work");

    /// <summary>Given points, by the rank that owns their cell.</summary>
    public ReadOnlySpan<long> Sent => _sent;

    /// <summary>Points of this rank's cells, by the rank that was given them.</summary>
    public ReadOnlySpan<long> Received => _received;

    /// <summary>Points of this rank's cells.</summary>
    public int Own { get; private set; }

    /// <summary>Notes how many points go to each rank, and learns how many come.</summary>
    public void Agree(IRanks ranks, ReadOnlySpan<long> counts)
    {
        if (_sent.Length != counts.Length) (_sent, _received) = (new long[counts.Length], new long[counts.Length]);
        counts.CopyTo(_sent);
        ranks.Counts(_sent, _received);
        long own = 0;
        foreach (long count in _received) own += count;
        if (own > int.MaxValue / 4)
            throw new InvalidOperationException($"{own} points fall to rank {ranks.Rank}, more than {int.MaxValue / 4}: take more ranks.");
        Own = (int)own;
    }

    /// <summary>Brings numbers of given points to the ranks that own their cells.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="given">Numbers in the order in which points were given.</param>
    /// <param name="numbers">Numbers a point.</param>
    /// <param name="own">Receives those of this rank's points.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Bring(IRanks ranks, double* given, int numbers, double* own, Jobs jobs)
    {
        _packed.Resize(checked(Order.Length * numbers));
        Run(given, numbers, _packed.Pointer, unpack: false, jobs);
        ranks.Exchange(_packed.Pointer, _sent, own, _received, numbers * sizeof(double));
    }

    /// <summary>Brings numbers of this rank's points back to where the points were given.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">Numbers of this rank's points.</param>
    /// <param name="numbers">Numbers a point.</param>
    /// <param name="given">Receives those of the given points, in the order in which they were given.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Return(IRanks ranks, double* own, int numbers, double* given, Jobs jobs)
    {
        _packed.Resize(checked(Order.Length * numbers));
        ranks.Exchange(own, _received, _packed.Pointer, _sent, numbers * sizeof(double));
        Run(given, numbers, _packed.Pointer, unpack: true, jobs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed.Dispose();
        Order.Dispose();
        Weights.Dispose();
    }

    private void Run(double* given, int numbers, double* packed, bool unpack, Jobs jobs)
    {
        _job.Given = given;
        _job.Packed = packed;
        _job.Order = Order.Pointer;
        _job.Numbers = numbers;
        _job.Count = Order.Length;
        _job.Unpack = unpack;
        jobs.For((Order.Length + PointsAUnit - 1) / PointsAUnit, _job);
    }

    private sealed class PackJob : IJob
    {
        public double* Given;
        public double* Packed;
        public int* Order;
        public int Numbers;
        public int Count;
        public bool Unpack;

        public void Execute(int unit, int worker)
        {
            int numbers = Numbers;
            for (int i = unit * PointsAUnit, end = Math.Min(Count, i + PointsAUnit); i < end; i++)
            {
                double* given = Given + ((nint)Order[i] * numbers), packed = Packed + ((nint)i * numbers);
                if (Unpack) for (int c = 0; c < numbers; c++) given[c] = packed[c];
                else for (int c = 0; c < numbers; c++) packed[c] = given[c];
            }
        }
    }
}
