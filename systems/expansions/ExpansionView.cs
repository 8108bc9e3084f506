using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Expansions in plain order, double precision and the user's units, whatever the order, precision and units are in which the method stores
/// them: what a system of the user's reads and writes. Numbers run component by component, and within a component point by point in the
/// order of <see cref="Surface"/>.
/// </summary>
/// <remarks>
/// A multipole is an equivalent density: charges at the points of the node's inner surface (<see cref="Point"/>), whose potential is that of
/// the node's sources at distances of the node's V list and beyond; they add up to the node's charge, as far as the order tells. A local is a
/// check potential: that of far sources at the same points, in the kernel's own units, normalisation included. Until L2L has run it holds
/// what M2L and P2L gave to the node itself; afterwards its ancestors' share, too.
/// <para>
/// Nodes come from a query, <c>foreach (ref Chunk nodes in world.Query(in description).Levels(LevelOrder.TopDown))</c>. A system declares what it
/// touches by <see cref="GatherMultipoles"/> and its like. Calls allocate nothing and may run side by side.
/// </para>
/// </remarks>
public abstract class ExpansionView
{
    private protected ExpansionView(ExpansionSizes sizes)
    {
        Sizes = sizes;
    }

    /// <summary>Sizes of the expansions.</summary>
    public ExpansionSizes Sizes { get; }

    /// <summary>The points that the numbers belong to.</summary>
    public Surface Surface => Sizes.Surface;

    /// <summary>Adds to a declaration that multipoles are read, of any row.</summary>
    /// <param name="access">What else is touched.</param>
    public abstract Access GatherMultipoles(Access access);

    /// <summary>Adds to a declaration that multipoles are written.</summary>
    /// <inheritdoc cref="GatherMultipoles"/>
    public abstract Access WriteMultipoles(Access access);

    /// <summary>Adds to a declaration that locals are read, of any row.</summary>
    /// <inheritdoc cref="GatherMultipoles"/>
    public abstract Access GatherLocals(Access access);

    /// <summary>Adds to a declaration that locals are written.</summary>
    /// <inheritdoc cref="GatherMultipoles"/>
    public abstract Access WriteLocals(Access access);

    /// <summary>Reads a node's equivalent density.</summary>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The node.</param>
    /// <param name="density">Receives <see cref="ExpansionSizes.DensityCount"/> numbers, in units of the charges.</param>
    /// <exception cref="ArgumentException">The span has another length, or there is no such row.</exception>
    public abstract void ReadMultipole(in Chunk nodes, int row, Span<double> density);

    /// <summary>Sets a node's equivalent density.</summary>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The node.</param>
    /// <param name="density"><see cref="ExpansionSizes.DensityCount"/> numbers, in units of the charges.</param>
    /// <exception cref="ArgumentException">The span has another length, or there is no such row.</exception>
    public abstract void WriteMultipole(in Chunk nodes, int row, ReadOnlySpan<double> density);

    /// <summary>Reads a node's check potential.</summary>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The node.</param>
    /// <param name="potential">Receives <see cref="ExpansionSizes.CheckCount"/> numbers, in units of the potential.</param>
    /// <exception cref="ArgumentException">The span has another length, or there is no such row.</exception>
    public abstract void ReadLocal(in Chunk nodes, int row, Span<double> potential);

    /// <summary>Sets a node's check potential.</summary>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The node.</param>
    /// <param name="potential"><see cref="ExpansionSizes.CheckCount"/> numbers, in units of the potential.</param>
    /// <exception cref="ArgumentException">The span has another length, or there is no such row.</exception>
    public abstract void WriteLocal(in Chunk nodes, int row, ReadOnlySpan<double> potential);

    /// <summary>Where a number of a node's expansion lives: a point of its inner surface. Reads <see cref="NodeKey"/> and <see cref="TreeShape"/>.</summary>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The node.</param>
    /// <param name="point">Point of the surface, 0 to n_e - 1.</param>
    /// <returns>The place, in the user's units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or point.</exception>
    public abstract Position Point(in Chunk nodes, int row, int point);

    /// <summary>All points of a node's inner surface.</summary>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The node.</param>
    /// <param name="points">Receives n_e places, in the user's units.</param>
    /// <exception cref="ArgumentException">The span has another length, or there is no such row.</exception>
    public abstract void Points(in Chunk nodes, int row, Span<Position> points);
}
