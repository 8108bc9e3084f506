using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The points of nodes in the user's units, and the fields that operators leave for them: what a system of the user's takes in the place of
/// one that reads points (P2M, P2L, P2P) or writes fields (L2P, M2P, P2P). Numbers run component by component, and within a component point by
/// point, as in <see cref="ExpansionView"/> and <see cref="DirectSums"/>.
/// </summary>
/// <remarks>
/// A node's points are the rows of its <see cref="SourceRange"/> and <see cref="TargetRange"/>. A target's far field is set by L2P and added to by M2P;
/// its near field is set by P2P; GatherFields adds the two. Calls allocate nothing and may run side by side, each on targets of its own.
/// </remarks>
public abstract class PointView
{
    private protected PointView()
    {
    }

    /// <summary>Adds to a declaration that sources are read, of any row.</summary>
    /// <param name="access">What else is touched.</param>
    public abstract Access GatherSources(Access access);

    /// <summary>Adds to a declaration that targets' places are read, of any row.</summary>
    /// <inheritdoc cref="GatherSources"/>
    public abstract Access GatherTargets(Access access);

    /// <summary>Adds to a declaration that far fields are written.</summary>
    /// <inheritdoc cref="GatherSources"/>
    public abstract Access WriteFarFields(Access access);

    /// <summary>Adds to a declaration that near fields are written.</summary>
    /// <inheritdoc cref="GatherSources"/>
    public abstract Access WriteNearFields(Access access);

    /// <summary>Reads sources.</summary>
    /// <param name="range">Which.</param>
    /// <param name="places">Receives where they are: room for all, more is left alone.</param>
    /// <param name="charges">Receives the kernel's source components of each, component by component; none is wanted where it is empty.</param>
    /// <exception cref="ArgumentException">There is no room, or there are no such sources.</exception>
    public abstract void ReadSources(SourceRange range, Span<Position> places, Span<double> charges = default);

    /// <summary>Reads where targets are.</summary>
    /// <param name="range">Which.</param>
    /// <param name="places">Receives where they are: room for all, more is left alone.</param>
    /// <exception cref="ArgumentException">There is no room, or there are no such targets.</exception>
    public abstract void ReadTargets(TargetRange range, Span<Position> places);

    /// <summary>Sets targets' far fields: as L2P does.</summary>
    /// <param name="range">Which targets.</param>
    /// <param name="potentials">The kernel's potential components of each, component by component, normalisation included.</param>
    /// <param name="gradients">Derivatives along x, y and z of the first component, then of the next; empty unless the options ask for gradients.</param>
    /// <exception cref="ArgumentException">A length does not fit, or there are no such targets.</exception>
    public abstract void SetFarFields(TargetRange range, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients = default);

    /// <summary>Adds to targets' far fields: as M2P does.</summary>
    /// <inheritdoc cref="SetFarFields"/>
    public abstract void AddFarFields(TargetRange range, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients = default);

    /// <summary>Sets targets' near fields: as P2P does.</summary>
    /// <inheritdoc cref="SetFarFields"/>
    public abstract void SetNearFields(TargetRange range, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients = default);
}
