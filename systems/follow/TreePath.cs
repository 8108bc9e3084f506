namespace Fmm.Systems;

/// <summary>How an update came to its tree: what of the one before served again. Each path's field is as right as any other's, and the same bits for any number of threads.</summary>
public enum TreePath
{
    /// <summary>No point has moved: order, nodes, lists, plan and coordinates stand.</summary>
    Unmoved,

    /// <summary>Every point is in its leaf still, or no farther outside than <see cref="FmmOptions.FollowPoints"/> allows: coordinates alone are new.</summary>
    Kept,

    /// <summary>Points went over to other leaves: nodes stand; order, ranges, lists and plan are new.</summary>
    Refitted,

    /// <summary>All is new: the first tree, other points, or points that moved farther than the nodes reach.</summary>
    Built,
}
