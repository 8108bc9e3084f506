using System.CommandLine;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>
/// How a command comes to its ranks: processes that a launcher started (mpirun), threads of this one (<see cref="Option"/>), or one alone. Rank 0 says what one rank alone would say,
/// the others nothing but why they end.
/// </summary>
internal sealed class RankLaunch
{
    /// <summary>The option for ranks without a launcher.</summary>
    public const string Option = "--ranks";

    // A rank may wait while another reads a large table, and one that has failed is seen at once.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);
    private readonly string[] _arguments;
    private readonly IRanks? _ranks;

    /// <summary>A launch of a command line.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="terminal">Where rank 0 speaks.</param>
    /// <param name="cancellation">Ends all ranks early.</param>
    public RankLaunch(string[] arguments, Terminal terminal, CancellationToken cancellation)
        : this(arguments, terminal, null, cancellation)
    {
    }

    private RankLaunch(string[] arguments, Terminal terminal, IRanks? ranks, CancellationToken cancellation)
    {
        _arguments = arguments;
        Terminal = terminal;
        Cancellation = cancellation;
        _ranks = ranks;
    }

    /// <summary>Where this rank speaks.</summary>
    public Terminal Terminal { get; }

    /// <summary>Ends the command early.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The option, for a command that computes.</summary>
    public static Option<int?> MakeOption() => OptionShapes.WholeNumber(
        Option, "N", 1, 4096, "Compute on N ranks that are threads of this process: what mpirun -np N does with processes, without a launcher (default 1)");

    /// <summary>Runs a command on its ranks.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="work">What each rank does; returns its exit code.</param>
    /// <returns>The exit code of all.</returns>
    public int Run(ParseResult parsed, Func<IRanks, int> work)
    {
        if (_ranks is not null) return work(_ranks);
        int? asked = parsed.GetValue<int?>(Option);
        using IRanks joined = Ranks.Join(_patience);
        if (joined.Count == 1) return asked is > 1 and int count ? RunThreads(count) : work(joined);
        return RunProcess(joined, work, asked is null ? null : new InputException($"{Option} makes ranks of threads, and there are {joined.Count} ranks of a launcher here ({joined.Name}); leave it out, or start fmm without the launcher"));
    }

    /// <summary>Refuses a command line, in one voice where a launcher gave it to several ranks.</summary>
    /// <param name="fault">Why.</param>
    /// <returns>The exit code of all.</returns>
    public int Refuse(InputException fault)
    {
        if (_ranks is not null) throw fault;
        using IRanks joined = Ranks.Join(_patience);
        if (joined.Count == 1) throw fault;
        return RunProcess(joined, _ => ExitCode.BadInput, fault);
    }

    /// <summary>A rank among processes.</summary>
    private int RunProcess(IRanks joined, Func<IRanks, int> work, InputException? fault)
    {
        CommandRanks ranks = new(joined, Terminal.Outputs);
        Terminal.BeRank(ranks.Rank, ranks.Count);
        try
        {
            ranks.Require(fault);
            return work(ranks);
        }
        catch (AgreedException agreed)
        {
            return agreed.Failure.Tell(Terminal);
        }
        catch (RankFailedException lost)
        {
            return Lost(ranks, lost);
        }
        catch (Exception own)
        {
            // The others wait for this rank: its words go with the ranks' end, which is this process's, too.
            Failure failure = Failure.Of(own);
            ranks.Fail(failure.Message ?? "nobody reads its output any more");
            return failure.Code;
        }
    }

    // A rank that was told of another's failure has nothing to say; where all have come to the same, the first of them tells.
    private int Lost(CommandRanks ranks, RankFailedException lost)
    {
        Failure failure = Failure.Of(lost);
        try
        {
            ranks.Barrier();
        }
        catch (RankFailedException)
        {
            return failure.Code;
        }

        return ranks.Rank == 0 ? failure.Tell(Terminal) : failure.Code;
    }

    // Each thread reads the command line anew: what options keep of a run belongs to one rank.
    private int RunThreads(int count)
    {
        Exception?[] faults = new Exception?[count];
        int[] codes = new int[count];
        try
        {
            ThreadRanks.Run(
                count,
                ranks =>
                {
                    try
                    {
                        codes[ranks.Rank] = FmmCommand.Execute(new RankLaunch(_arguments, Terminal.OfRank(ranks.Rank, ranks.Count), ranks, Cancellation), _arguments);
                    }
                    catch (Exception fault)
                    {
                        faults[ranks.Rank] = fault;
                        throw;
                    }
                },
                _patience);
        }
        catch (RankFailedException lost)
        {
            // One is the cause, the others are those that waited for it.
            int first = Array.FindIndex(faults, fault => fault is not null and not RankFailedException and not AgreedException { Failure.Message: null });
            Failure failure = Failure.Of(first < 0 ? lost : faults[first]!);
            return failure.Tell(Terminal.OfRank(Math.Max(0, first), count));
        }

        return codes.Max();
    }
}
