using System.Runtime.ExceptionServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <content>A solver of several ranks: each is given any share of the points, and gets their fields back.</content>
public sealed partial class FmmSolver
{
    private readonly IRanks? _ranks;
    private bool _hasPoints;

    /// <summary>The ranks that compute the field together; one alone where none were given.</summary>
    public IRanks Ranks => _ranks ?? _alone;

    private static readonly OneRank _alone = new();

    /// <summary>
    /// Makes a solver of all ranks. All of them make the same calls in the same order: each sets its own points, none too, and is given the fields of these; the
    /// points are shared out by work along the Morton curve, wherever they were given.
    /// </summary>
    /// <param name="kernel">The kernel, the same on all ranks.</param>
    /// <param name="options">What is asked for, the same on all ranks but for threads.</param>
    /// <param name="ranks">The ranks; the caller's to dispose of, after the solver.</param>
    /// <param name="dispatcher">Threads that the host lends; null for a team of the solver's own.</param>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    /// <exception cref="RankFailedException">Another rank has other options or another kernel, or failed.</exception>
    public static FmmSolver Create<TKernel>(TKernel kernel, FmmOptions? options, IRanks ranks, IThreadDispatcher? dispatcher = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (ranks.Count == 1) return Create(kernel, options, dispatcher);
        options ??= new FmmOptions();
        Exception? fault = null;
        FmmSolver? solver = null;
        try
        {
            options.Validate();
            solver = new FmmSolver(SolverMethod.Of(kernel, options, ranks), options, dispatcher, ranks);
        }
        catch (Exception refused) when (refused is ArgumentException or KernelException or InvalidOperationException)
        {
            fault = refused;
        }

        try
        {
            RankCall.Of(nameof(Create), 0, fault).Agree(ranks, fault);
            RankCall.RequireSame(ranks, [$"kernel {TKernel.Name} {TKernel.Parameters(kernel)}", .. Words(options)], "kernel or option");
        }
        catch
        {
            solver?.Dispose();
            throw;
        }

        return solver!;
    }

    /// <summary>
    /// Tells for each of this rank's targets the rank that computed its field in the last evaluation. A loop that brings its bodies there, with all that belongs to them, has
    /// little to exchange in the steps that follow.
    /// </summary>
    /// <param name="owners">Receives a rank a target, in the order in which they were given.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    /// <exception cref="InvalidOperationException">There is no evaluation of the present points, or another call is running.</exception>
    public void Owners(Span<int> owners)
    {
        using SolverClaim.Held held = _claim.Take(nameof(Owners));
        RequireFields();
        if (owners.Length != Method.Input.TargetCount) throw new ArgumentException($"There are {Method.Input.TargetCount} targets, not {owners.Length}.", nameof(owners));
        owners.Fill(Ranks.Rank); // outliers are everywhere
        if (Method.Link is not RankLink link) return;
        RankRoute route = link.Fields(Method.Input.Shared);
        ReadOnlySpan<int> order = route.Order.Span;
        for (int rank = 0, at = 0; rank < route.Sent.Length; rank++)
            for (long i = 0; i < route.Sent[rank]; i++) owners[order[at++]] = rank;
    }

    /// <summary>What fell to each rank in the last evaluation, the same on all of them; all ranks call it. One rank alone has no line.</summary>
    /// <exception cref="InvalidOperationException">There is no evaluation of the present points, or another call is running.</exception>
    public IReadOnlyList<RankReport> GatherRanks()
    {
        using SolverClaim.Held held = _claim.Take(nameof(GatherRanks));
        Agree(nameof(GatherRanks), 0, Try(RequireFields));
        return Method.Link is null ? [] : RankReport.Gather(Method);
    }

    // On one rank what is wrong is thrown at once; over ranks by all of them, so that none waits for one that has refused.
    private long Agree(string call, long variant, Exception? fault, long count = 0)
    {
        if (_ranks is not null) return RankCall.Of(call, variant, fault, count).Agree(_ranks, fault);
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
        return count;
    }

    private static Exception? Try(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            return refused;
        }
    }

    // What has no meaning to other ranks is left out: how many threads one has, and where it keeps operators.
    private static string[] Words(FmmOptions options) =>
        (options with { Threads = 1, OperatorStore = null, Registers = null, LinearAlgebra = default }).ToString()[(nameof(FmmOptions).Length + 3)..^2].Split(", ");
}
