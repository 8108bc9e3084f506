namespace Fmm.Systems;

/// <summary>Why an update took its path of the tree.</summary>
public enum TreeReason
{
    /// <summary>No update has ended before, or the last one failed.</summary>
    First,

    /// <summary>Positions are the same.</summary>
    Still,

    /// <summary>All points are in their leaves, or near enough.</summary>
    InLeaves,

    /// <summary>Some left their leaves for others, which are there.</summary>
    LeftLeaves,

    /// <summary>There are other points than before, or all was said to be new.</summary>
    OtherPoints,

    /// <summary>The tree was not to follow: see <see cref="FmmOptions.FollowPoints"/>.</summary>
    NotAsked,

    /// <summary>Some are so far from the others that they belong to no node.</summary>
    Outliers,

    /// <summary>Some left the root's cube.</summary>
    LeftRoot,

    /// <summary>More than a quarter of the points of some leaves left them.</summary>
    TooMany,

    /// <summary>Some came where leaves would have to be split for balance.</summary>
    Balance,

    /// <summary>A leaf would hold twice as many as it may.</summary>
    Overfull,

    /// <summary>Near pairs have become so many more, or fewer, since the nodes were made that others serve better.</summary>
    Worn,
}
