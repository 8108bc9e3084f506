using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the columns of nodes and of sorted points. It starts with what the tree and the lists need; whoever builds the schedule adds
/// the columns of its operators before the schedule is built, and may not change them after it. Columns of points are not zeroed when points
/// are sorted anew: every system writes its own in full.
/// </summary>
public sealed class TreeLayout
{
    /// <summary>Columns of a node, the same at every level; zeroed when the tree is rebuilt unless told otherwise.</summary>
    public RowLayout Nodes { get; } = new RowLayout()
        .With<NodeKey>().With<NodeLinks>().With<SourceRange>().With<TargetRange>().With<Occupancy>()
        .With<UList>().With<WList>().With<XList>().With<VCount>();

    /// <summary>Columns of points that are sources only.</summary>
    public RowLayout Sources { get; } = new RowLayout { Cleared = false }.With<PointKey>().With<InputIndex>().With<SourceTag>();

    /// <summary>Columns of points that are targets only.</summary>
    public RowLayout Targets { get; } = new RowLayout { Cleared = false }.With<PointKey>().With<InputIndex>().With<TargetTag>();

    /// <summary>Columns of points that are both.</summary>
    public RowLayout Shared { get; } = new RowLayout { Cleared = false }.With<PointKey>().With<InputIndex>().With<SourceTag>().With<TargetTag>();

    /// <summary>Tells whether rows of a signature are nodes or points of this layout.</summary>
    /// <param name="signature">The signature.</param>
    public bool Has(Signature signature) => Nodes.Signature.Equals(signature)
        || Sources.Signature.Equals(signature) || Targets.Signature.Equals(signature) || Shared.Signature.Equals(signature);

    /// <summary>Adds the relative coordinates to every kind of point; needed by <c>PlacePoints</c> of the same scalar.</summary>
    /// <typeparam name="T">The scalar of the hot loops, float or double.</typeparam>
    /// <returns>This layout, to go on with.</returns>
    public TreeLayout WithRelativePositions<T>() where T : unmanaged
    {
        Sources.With<RelativeX<T>>().With<RelativeY<T>>().With<RelativeZ<T>>();
        Targets.With<RelativeX<T>>().With<RelativeY<T>>().With<RelativeZ<T>>();
        Shared.With<RelativeX<T>>().With<RelativeY<T>>().With<RelativeZ<T>>();
        return this;
    }
}
