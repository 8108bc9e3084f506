using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Resource: which input the tree and the fields were made from, so that neither is ever paired with another.</summary>
internal sealed class FieldOrigin
{
    private InputSum _tree;
    private InputSum _fields;
    private RootCube _domain;

    /// <summary>False before a first update has ended, and after one with new points has not.</summary>
    public bool HasTree { get; private set; }

    /// <summary>False before a first update has ended, and after one has not.</summary>
    public bool HasFields { get; private set; }

    /// <summary>Updates that have ended so far.</summary>
    public long Completed { get; private set; }

    /// <summary>Tells whether the tree is that of these points, and the domain still its own: an update that ended early may have set another.</summary>
    public bool IsTreeOf(InputSum input, RootCube domain) => HasTree && _tree.HasPointsOf(input) && IsSame(domain, _domain);

    /// <summary>Tells whether the fields are those of these points and charges.</summary>
    public bool IsFieldOf(InputSum input) => HasFields && _fields == input;

    /// <summary>Notes that an update begins: what it replaces is gone.</summary>
    /// <param name="input">What it computes from.</param>
    /// <param name="domain">The domain of the points.</param>
    /// <param name="newTree">Whether it builds the tree.</param>
    public void Begin(InputSum input, RootCube domain, bool newTree)
    {
        HasFields = false;
        HasTree &= !newTree;
        if (newTree) (_tree, _domain) = (input, domain);
        _fields = input;
    }

    /// <summary>Notes that the fields are whole.</summary>
    public void Complete()
    {
        HasTree = HasFields = true;
        Completed++;
    }

    /// <summary>Notes that the fields are none after all.</summary>
    public void Drop() => HasFields = false;

    // The record's own comparison boxes the centre.
    private static bool IsSame(RootCube a, RootCube b) =>
        a.HalfWidth == b.HalfWidth && a.Centre.X == b.Centre.X && a.Centre.Y == b.Centre.Y && a.Centre.Z == b.Centre.Z;
}
