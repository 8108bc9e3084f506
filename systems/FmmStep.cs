namespace Fmm.Systems;

/// <summary>What an update of the method is told.</summary>
/// <param name="Change">
/// What differs from the last update. Where neither positions nor points do, tree and lists are kept; that is refused where they did
/// change, or no update with them has ended. <see cref="FieldChange.None"/>, the default, tells nothing: where entities are the points
/// (<see cref="FmmEntities"/>) the method finds out, and what is told counts beside what is found; where the host fills the input itself everything may
/// differ.
/// </param>
public readonly record struct FmmStep(FieldChange Change)
{
    /// <summary>Everything may differ: tree and lists are made anew.</summary>
    public static FmmStep Everything => new(FieldChange.Everything);

    /// <summary>Points have moved, and are the same in number and order; charges may differ, too. The tree follows them (<see cref="FmmOptions.FollowPoints"/>).</summary>
    public static FmmStep Positions => new(FieldChange.Positions | FieldChange.Charges);

    /// <summary>Charges alone differ: tree and lists stand.</summary>
    public static FmmStep Charges => new(FieldChange.Charges);
}
