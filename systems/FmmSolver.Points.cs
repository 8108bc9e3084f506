using Fmm.Components;

namespace Fmm.Systems;

/// <content>The points of a solver: over ranks, those of one of them.</content>
public sealed partial class FmmSolver
{
    /// <summary>Sets points that are sources and targets at once.</summary>
    /// <param name="points">1 or more points with finite coordinates.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite; the points of before stand.</exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public void SetPoints(ReadOnlySpan<Position> points)
    {
        using SolverClaim.Held held = _claim.Take(nameof(SetPoints));
        Set(points, points, nameof(points), nameof(points), shared: true);
        points = Method.Input.Apart(points);
        Begin(points, points.Length, moved: false);
        Method.Input.Set(points);
    }

    /// <summary>Moves the points that are sources and targets at once: the same ones in the same order, elsewhere. The tree follows them (<see cref="FmmOptions.FollowPoints"/>).</summary>
    /// <param name="points">As many points as there are, with finite coordinates.</param>
    /// <exception cref="ArgumentException">They are others in number, or one is not finite; the points of before stand.</exception>
    /// <exception cref="InvalidOperationException">Sources and targets differ, or another call is running.</exception>
    public void MovePoints(ReadOnlySpan<Position> points)
    {
        using SolverClaim.Held held = _claim.Take(nameof(MovePoints));
        PointInput input = Method.Input;
        Exception? fault = input.Shared ? null : new InvalidOperationException("Sources and targets differ: move both, by MovePoints(sources, targets).");
        Agree(nameof(MovePoints), 1, fault ?? Moves(points, input.Sources.Length, nameof(points)));
        points = input.Apart(points);
        Begin(points, points.Length, moved: true);
        Method.Input.Set(points);
    }

    /// <summary>Moves sources and targets that differ.</summary>
    /// <param name="sources">As many sources as there are, with finite coordinates.</param>
    /// <param name="targets">As many targets as there are, with finite coordinates.</param>
    /// <exception cref="ArgumentException">They are others in number, or one is not finite; the points of before stand.</exception>
    /// <exception cref="InvalidOperationException">Targets are the sources, or another call is running.</exception>
    public void MovePoints(ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets)
    {
        using SolverClaim.Held held = _claim.Take(nameof(MovePoints));
        PointInput input = Method.Input;
        Exception? fault = input.Shared ? new InvalidOperationException("The targets are the sources: move them by MovePoints(points).") : null;
        Agree(nameof(MovePoints), 0, fault ?? Moves(sources, input.Sources.Length, nameof(sources)) ?? Moves(targets, input.Targets.Length, nameof(targets)));
        sources = input.Apart(sources);
        targets = input.Apart(targets);
        Begin(sources, targets.Length, moved: true);
        Method.Input.Set(sources, targets);
    }

    /// <summary>Sets sources and targets that differ.</summary>
    /// <param name="sources">1 or more points with finite coordinates.</param>
    /// <param name="targets">1 or more points with finite coordinates.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite; the points of before stand.</exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public void SetPoints(ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets)
    {
        using SolverClaim.Held held = _claim.Take(nameof(SetPoints));
        Set(sources, targets, nameof(sources), nameof(targets), shared: false);
        sources = Method.Input.Apart(sources);
        targets = Method.Input.Apart(targets);
        Begin(sources, targets.Length, moved: false);
        Method.Input.Set(sources, targets);
    }

    // Why these are no places for points that there are; null where they are.
    private ArgumentException? Moves(ReadOnlySpan<Position> points, int count, string name) => points.Length == count
        ? Fault(points, name)
        : new ArgumentException($"There are {count} points to move, not {points.Length}: set others with SetPoints.", name);

    // Why these cannot be points; null where they can. A rank among others may have none.
    private ArgumentException? Fault(ReadOnlySpan<Position> points, string name)
    {
        if (points.Length == 0 && _ranks is not null) return null;
        try
        {
            InputRules.Points(points, name);
            InputRules.InBox(points, Method.Options.Periodic, name);
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault;
        }
    }

    private void Set(ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets, string sourceName, string targetName, bool shared)
    {
        Exception? fault = Fault(sources, sourceName) ?? (shared ? null : Fault(targets, targetName));
        // Halves of a word each, so that both sums are told apart.
        long total = Agree(nameof(SetPoints), shared ? 1 : 0, fault, _ranks is null ? 1 : Math.Min(sources.Length, 1) + ((long)Math.Min(targets.Length, 1) << 32));
        if (_ranks is not null && ((total & uint.MaxValue) == 0 || total >> 32 == 0))
            throw new ArgumentException("No rank has a source and a target: give at least one of them points.", sourceName);
        _hasPoints = true;
    }

    private void Begin(ReadOnlySpan<Position> sources, int targets, bool moved)
    {
        DropFields();
        _method.PointsMoved |= moved;
        _method.PointsChanged |= !moved;
        if (_search is null) return;
        _search.See(sources, targets, _ranks);
        if (_search.Order != Method.ExpansionSizes.Order) _method.Replace(_search.Order, keepPoints: false);
    }
}
