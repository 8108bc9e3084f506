using Fmm.Engine;

namespace Fmm.Components;

/// <summary>Resource: the points as the user gave them, in f64 and in the user's order. Filled before the tree is built.</summary>
public sealed class PointInput : IDisposable
{
    /// <summary>Empty input whose buffers are entered in a world's ledger.</summary>
    /// <param name="ledger">The ledger of the world that the points belong to.</param>
    public PointInput(Ledger ledger)
    {
        Sources = new NativeBuffer<Position>(ledger, "points.sources");
        Targets = new NativeBuffer<Position>(ledger, "points.targets");
        WrappedSources = new NativeBuffer<Position>(ledger, "points.sources in the box");
        WrappedTargets = new NativeBuffer<Position>(ledger, "points.targets in the box");
    }

    /// <summary>The points that carry charges.</summary>
    public NativeBuffer<Position> Sources { get; }

    /// <summary>The points at which the field is wanted; not read when <see cref="Shared"/>.</summary>
    public NativeBuffer<Position> Targets { get; }

    /// <summary>True when the targets are the sources: one set of rows then serves as both.</summary>
    public bool Shared { get; set; } = true;

    /// <summary>Images in the box of sources, some of which lie outside; empty where all lie inside, or nothing repeats.</summary>
    internal NativeBuffer<Position> WrappedSources { get; }

    /// <summary>The same of targets; empty, too, when <see cref="Shared"/>.</summary>
    internal NativeBuffer<Position> WrappedTargets { get; }

    /// <summary>The sources where they act from: the points themselves, or their images in the box that repeats.</summary>
    internal NativeBuffer<Position> PlacedSources => WrappedSources.Length > 0 ? WrappedSources : Sources;

    /// <summary>The targets likewise, whether they are shared or not.</summary>
    internal NativeBuffer<Position> PlacedTargets => Shared ? PlacedSources : WrappedTargets.Length > 0 ? WrappedTargets : Targets;

    /// <summary>Number of targets, whether they are shared or not.</summary>
    public int TargetCount => Shared ? Sources.Length : Targets.Length;

    /// <summary>Copies in points that are both sources and targets.</summary>
    /// <param name="points">The points, in the user's order; they may be none.</param>
    /// <remarks>Without memory for them there are none afterwards.</remarks>
    public void Set(ReadOnlySpan<Position> points)
    {
        points = Apart(points);
        Sources.Resize(0);
        Targets.Resize(0);
        Shared = true;
        Sources.Resize(points.Length);
        points.CopyTo(Sources.Span);
    }

    /// <summary>Copies in sources and targets that are different points.</summary>
    /// <param name="sources">The sources, in the user's order; they may be none.</param>
    /// <param name="targets">The targets, in the user's order; they may be none.</param>
    /// <remarks>Without memory for them there are no sources afterwards.</remarks>
    public void Set(ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets)
    {
        sources = Apart(sources);
        targets = Apart(targets);
        Sources.Resize(0);
        Targets.Resize(targets.Length);
        targets.CopyTo(Targets.Span);
        Shared = false;
        Sources.Resize(sources.Length);
        sources.CopyTo(Sources.Span);
    }

    /// <summary>The points themselves, or a copy of points that lie in this input: setting it moves those.</summary>
    /// <param name="points">Any points.</param>
    public ReadOnlySpan<Position> Apart(ReadOnlySpan<Position> points) =>
        points.Overlaps(Sources.Span) || points.Overlaps(Targets.Span) ? points.ToArray() : points;

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        Sources.Dispose();
        Targets.Dispose();
        WrappedSources.Dispose();
        WrappedTargets.Dispose();
    }
}
