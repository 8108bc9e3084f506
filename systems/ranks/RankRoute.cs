using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The way of given points to the ranks that own their cells, and of what belongs to a point there and back: it goes out in Morton order, so that what goes to
/// one rank stands together, and stands there by the rank it is from. It goes in pieces, so that little memory holds what is under way.
/// </summary>
internal sealed unsafe class RankRoute(Ledger ledger, string name) : IDisposable
{
    private const int PointsAUnit = 8192;

    // Of all ranks together: what is under way stays in the cache, and a message is long enough for its latency not to count.
    private const int BytesUnderWay = 4 << 20;
    private const int FewestPoints = 256;
    private readonly NativeBuffer<uint> _packed = new(ledger, $"{name}, packed");
    private readonly PackJob _job = new();
    private readonly List<RankMessage> _messages = [];
    private long[] _sent = [], _received = [];

    /// <summary>The given points' numbers in Morton order, but for those that belong to no cell.</summary>
    public NativeBuffer<int> Order { get; } = new(ledger, $"{name}, order");

    /// <summary>How many points were given, whatever cells they belong to.</summary>
    public int Given { get; set; }

    /// <summary>Given points, by the rank that owns their cell.</summary>
    public ReadOnlySpan<long> Sent => _sent;

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

    /// <summary>Brings something of given points to the ranks that own their cells.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="given">What stands in the order in which points were given.</param>
    /// <param name="bytes">Bytes a point, a multiple of four.</param>
    /// <param name="own">Receives what is of this rank's points.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Bring(IRanks ranks, void* given, int bytes, void* own, Jobs jobs) => Carry(ranks, (uint*)given, bytes / sizeof(uint), (uint*)own, back: false, jobs);

    /// <summary>Brings something of this rank's points back to where the points were given.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">What stands by this rank's points.</param>
    /// <param name="bytes">Bytes a point, a multiple of four.</param>
    /// <param name="given">Receives what is of the given points, in the order in which they were given.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Return(IRanks ranks, void* own, int bytes, void* given, Jobs jobs) => Carry(ranks, (uint*)given, bytes / sizeof(uint), (uint*)own, back: true, jobs);

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed.Dispose();
        Order.Dispose();
    }

    private void Carry(IRanks ranks, uint* given, int words, uint* own, bool back, Jobs jobs)
    {
        int count = ranks.Count, rank = ranks.Rank, piece = Math.Max(FewestPoints, BytesUnderWay / (count * words * sizeof(uint)));
        _packed.Resize(checked(count * piece * words));
        long most = 0, ownStart = 0, givenStart = 0;
        for (int other = 0; other < count; other++)
        {
            if (other != rank) most = Math.Max(most, Math.Max(_sent[other], _received[other]));
            if (other >= rank) continue;
            ownStart += _received[other];
            givenStart += _sent[other];
        }

        for (long start = 0; start < most; start += piece)
        {
            Post(ranks, given, words, own, start, piece, back, jobs);
            // What stays here goes straight to its place, while the first messages are on their way.
            if (start == 0) Run(given, words, own + (ownStart * words), givenStart, _sent[rank], back, jobs);
            foreach (RankMessage message in _messages) ranks.Wait(message);
            _messages.Clear();
            if (back) Unpack(ranks, given, words, start, piece, jobs);
        }

        if (most == 0) Run(given, words, own + (ownStart * words), givenStart, _sent[rank], back, jobs);
    }

    // A piece of what goes to each rank and comes from each. Points of this rank stand by rank: only the side of the given points is packed.
    private void Post(IRanks ranks, uint* given, int words, uint* own, long start, int piece, bool back, Jobs jobs)
    {
        long ownAt = 0, givenAt = 0;
        for (int other = 0; other < ranks.Count; ownAt += _received[other], givenAt += _sent[other], other++)
        {
            if (other == ranks.Rank) continue;
            uint* packed = _packed.Pointer + ((nint)other * piece * words);
            long owned = Math.Clamp(_received[other] - start, 0, piece), gave = Math.Clamp(_sent[other] - start, 0, piece);
            uint* place = own + ((ownAt + start) * words);
            if (owned > 0) _messages.Add(back ? ranks.Send(place, owned, words * sizeof(uint), other, RankTag.Points) : ranks.Receive(place, owned, words * sizeof(uint), other, RankTag.Points));
            if (gave == 0) continue;
            if (!back) Run(given, words, packed, givenAt + start, gave, back, jobs);
            _messages.Add(back ? ranks.Receive(packed, gave, words * sizeof(uint), other, RankTag.Points) : ranks.Send(packed, gave, words * sizeof(uint), other, RankTag.Points));
        }
    }

    private void Unpack(IRanks ranks, uint* given, int words, long start, int piece, Jobs jobs)
    {
        long givenAt = 0;
        for (int other = 0; other < ranks.Count; givenAt += _sent[other], other++)
            if (other != ranks.Rank) Run(given, words, _packed.Pointer + ((nint)other * piece * words), givenAt + start, Math.Clamp(_sent[other] - start, 0, piece), back: true, jobs);
    }

    private void Run(uint* given, int words, uint* packed, long first, long count, bool back, Jobs jobs)
    {
        _job.Given = given;
        _job.Packed = packed;
        _job.Order = Order.Pointer + first;
        _job.Words = words;
        _job.Count = (int)count;
        _job.Back = back;
        jobs.For(((int)count + PointsAUnit - 1) / PointsAUnit, _job);
    }

    private sealed class PackJob : IJob
    {
        // The given points are read all over memory: they are asked for this many ahead.
        private const int Ahead = 16;
        public uint* Given;
        public uint* Packed;
        public int* Order;
        public int Words;
        public int Count;
        public bool Back;

        public void Execute(int unit, int worker)
        {
            int start = unit * PointsAUnit, end = Math.Min(Count, start + PointsAUnit);
            switch (Words)
            {
                case 2: Copy<ulong>(start, end); break;
                case 6: Copy<Components.Position>(start, end); break;
                default: Copy(start, end); break;
            }
        }

        private void Copy<T>(int start, int end)
            where T : unmanaged
        {
            T* given = (T*)Given, packed = (T*)Packed;
            for (int i = start; i < end; i++)
            {
                if (System.Runtime.Intrinsics.X86.Sse.IsSupported && i + Ahead < end) System.Runtime.Intrinsics.X86.Sse.Prefetch0(given + Order[i + Ahead]);
                if (Back) given[Order[i]] = packed[i];
                else packed[i] = given[Order[i]];
            }
        }

        private void Copy(int start, int end)
        {
            int words = Words;
            for (int i = start; i < end; i++)
            {
                uint* given = Given + ((nint)Order[i] * words), packed = Packed + ((nint)i * words);
                if (Back) for (int c = 0; c < words; c++) given[c] = packed[c];
                else for (int c = 0; c < words; c++) packed[c] = given[c];
            }
        }
    }
}
