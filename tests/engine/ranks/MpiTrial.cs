using System.Diagnostics;
using System.Runtime.InteropServices;
using Fmm.Engine;
using Fmm.Engine.Interop;
using NUnit.Framework;

namespace Fmm.Tests.Ranks;

/// <summary>What each process does that a launcher of MPI starts for <see cref="MpiRanksTests"/>; its first argument names it.</summary>
internal static unsafe class MpiTrial
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["checks"]: return Checks();
            case ["which"]: return Which();
            case ["host", var level]: return Host(int.Parse(level));
            case ["speed", var bytes]: return Speed(long.Parse(bytes));
            case [var failure]: return Fail(failure);
            default: return 64;
        }
    }

    // All checks, and a second time with messages cut into pieces; then this process is still able to do what a runtime does.
    private static int Checks()
    {
        using IRanks ranks = Engine.Ranks.Join(TimeSpan.FromSeconds(20));
        foreach ((string name, Action<IRanks> check) in RankChecks.All) Tell(ranks, name, check);
        MpiLibrary library = Engine.Ranks.Find(MpiLauncher.Find(Environment.GetEnvironmentVariable), null)!;
        using (MpiRanks pieces = new(library, TimeSpan.FromSeconds(20), pieceBytes: 1000))
        {
            foreach ((string name, Action<IRanks> check) in RankChecks.All) Tell(pieces, $"{name} in pieces", check);
        }

        Tell(ranks, "what is warm allocates nothing", AllocateNothing);
        // A library that took the signals of the runtime would end the process here.
        Tell(ranks, "null references are told", _ => Assert.That(() => Length(null!), Throws.TypeOf<NullReferenceException>()));
        if (ranks.Rank == 0) Console.WriteLine($"{ranks.Count} ranks of {ranks.Name}");
        return 0;

        static int Length(string text) => text.Length;
    }

    private static void AllocateNothing(IRanks ranks)
    {
        int count = ranks.Count, next = (ranks.Rank + 1) % count, before = (ranks.Rank + count - 1) % count;
        long[] counts = new long[count];
        counts.AsSpan().Fill(1);
        double* data = stackalloc double[count + 1], place = stackalloc double[count + 1];
        long start = 0;
        for (int i = 0; i < 5; i++)
        {
            if (i == 2) start = GC.GetAllocatedBytesForCurrentThread();
            ranks.Barrier();
            ranks.Gather(data, 1, sizeof(double), place);
            ranks.Exchange(data, counts, place, counts, sizeof(double));
            if (count == 1) continue;
            RankMessage receive = ranks.Receive(place, 1, sizeof(double), before, 1), send = ranks.Send(data, 1, sizeof(double), next, 1);
            while (!ranks.IsDone(receive)) continue;
            ranks.Wait(receive);
            ranks.Wait(send);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - start, Is.Zero);
    }

    // Whom this process finds.
    private static int Which()
    {
        using IRanks ranks = Engine.Ranks.Join();
        Console.WriteLine($"{ranks.Rank} of {ranks.Count}, {ranks.Name}");
        return 0;
    }

    // A host that has started MPI itself, by whatever launcher, uses it before and after, and ends it.
    private static int Host(int level)
    {
        MpiLauncher launcher = MpiLauncher.Find(Environment.GetEnvironmentVariable)!;
        MpiLibrary library = MpiLoader.Load(launcher.Families)!;
        int provided = 0, rank = 0;
        _ = library.MPI_Init_thread(null, null, level, &provided);
        _ = library.MPI_Comm_rank(library.MPI_COMM_WORLD, &rank);
        foreach (string variable in (string[])["OMPI_COMM_WORLD_SIZE", "PMI_RANK", "PMIX_RANK"]) Environment.SetEnvironmentVariable(variable, null);
        using (IRanks ranks = Engine.Ranks.Join())
        {
            Assert.That(ranks.Sum(1L), Is.EqualTo(2));
            Assert.That(ranks.Rank, Is.EqualTo(rank));
        }

        Assert.That(library.IsRunning);
        _ = library.MPI_Finalize();
        Assert.That(() => new MpiRanks(library, TimeSpan.FromSeconds(1)), Throws.TypeOf<RankFailedException>().With.Message.Contains("can't be started again"));
        if (rank == 0) Console.WriteLine("the host ends MPI");
        return 0;
    }

    private static void Tell(IRanks ranks, string name, Action<IRanks> check)
    {
        try
        {
            check(ranks);
        }
        catch (Exception fault)
        {
            ranks.Fail($"{name}: {fault}");
        }

        ranks.Barrier();
        if (ranks.Rank == 0) Console.WriteLine($"ok {name}");
    }

    private static int Fail(string failure)
    {
        using IRanks ranks = Engine.Ranks.Join(TimeSpan.FromSeconds(failure is "is late" or "is silent" ? 0.5 : 30));
        ranks.Barrier();
        bool isLast = ranks.Rank == ranks.Count - 1;
        double* data = stackalloc double[3];
        switch (failure)
        {
            case "throws" when isLast: throw new InvalidDataException("its slab is cut off");
            case "throws on another thread" when isLast:
                new Thread(() => throw new InvalidDataException("its slab is cut off")).Start();
                Thread.Sleep(20_000);
                break;
            case "is killed" when isLast:
                Process.GetCurrentProcess().Kill();
                break;
            case "exits" when isLast:
                Environment.Exit(0);
                break;
            case "exits past the runtime" when isLast:
                ((delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit"))(0);
                break;
            case "leaves" when isLast:
                Console.Error.WriteLine("the last leaves");
                return 3;
            case "is late" when isLast:
                Thread.Sleep(20_000);
                break;
            case "is silent" when ranks.Rank == 0:
                ranks.Wait(ranks.Receive(data, 1, sizeof(double), ranks.Count - 1, 9));
                break;
            case "calls another" when isLast:
                _ = ranks.Gather(1.0);
                break;
            case "sends to one that expects none":
                long[] sends = new long[2];
                sends[0] = isLast ? 1 : 0;
                ranks.Exchange(data, sends, data + 1, [0, 0], sizeof(double));
                break;
            case "sends less" when ranks.Rank == 0:
                ranks.Wait(ranks.Receive(data, 2, sizeof(double), ranks.Count - 1, 7));
                break;
            case "sends more" when ranks.Rank == 0:
                ranks.Wait(ranks.Receive(data, 2, sizeof(double), ranks.Count - 1, 7));
                break;
            case "sends less" when isLast:
                ranks.Wait(ranks.Send(data, 1, sizeof(double), 0, 7));
                break;
            case "sends more" when isLast:
                ranks.Wait(ranks.Send(data, 3, sizeof(double), 0, 7));
                break;
        }

        ranks.Barrier();
        return 0;
    }

    // How long so many bytes take between two ranks: mpirun -np 2 dotnet Fmm.Tests.dll speed 100000000
    private static int Speed(long bytes)
    {
        using IRanks ranks = Engine.Ranks.Join();
        byte[] data = new byte[bytes];
        double best = double.MaxValue, bestExchange = double.MaxValue, bestSmall = double.MaxValue;
        byte[] place = new byte[bytes];
        data.AsSpan().Fill(1);
        fixed (byte* from = data, to = place)
        {
            for (int i = 0; i < 8; i++)
            {
                ranks.Barrier();
                long start = Stopwatch.GetTimestamp();
                if (ranks.Rank < 2) ranks.Wait(ranks.Rank == 0 ? ranks.Send(from, bytes, 1, 1, 0) : ranks.Receive(to, bytes, 1, 0, 0));
                best = Math.Min(best, ranks.Largest(Stopwatch.GetElapsedTime(start).TotalSeconds));
                long[] counts = new long[ranks.Count];
                counts.AsSpan().Fill(bytes / ranks.Count);
                start = Stopwatch.GetTimestamp();
                ranks.Exchange(from, counts, to, counts, 1);
                bestExchange = Math.Min(bestExchange, ranks.Largest(Stopwatch.GetElapsedTime(start).TotalSeconds));
                start = Stopwatch.GetTimestamp();
                for (int k = 0; k < 1000; k++) _ = ranks.Gather(1.0);
                bestSmall = Math.Min(bestSmall, ranks.Largest(Stopwatch.GetElapsedTime(start).TotalSeconds) / 1000);
            }
        }

        if (ranks.Rank == 0) Console.WriteLine($"{ranks.Name}, {ranks.Count} ranks: {bytes} bytes sent in {1e3 * best:g3} ms, exchanged in {1e3 * bestExchange:g3} ms; a number gathered in {1e6 * bestSmall:g3} us");
        return 0;
    }
}
