using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Which entities an integrator moves, and in which components their state stands: by default <see cref="Position"/>, <see cref="Velocity"/> and, of
/// the field, <see cref="Gradient"/>. A body's acceleration is the integrator's factor times the gradient, times the body's charge, over its mass, where those are named.
/// </summary>
/// <example>
/// <code>
/// // Gravity with G = 1: Laplace's kernel is 1 / (4 pi r), and masses attract.
/// Leapfrog.Add(schedule, world, MovingBodies.Of(bodies), factor: 4 * Math.PI);
/// // Charges repel: minus the gradient, times charge over mass.
/// Leapfrog.Add(schedule, world, MovingBodies.Of(ions).Charges&lt;Charge&gt;().Masses&lt;Mass&gt;(), factor: -1);
/// </code>
/// </example>
/// <remarks>A struct of the host's own takes the place of a component: of three doubles or three floats for a vector, of one for a charge or a mass.
/// Sums are made in double precision and rounded to what the component holds.</remarks>
public sealed record MovingBodies
{
    private const int Vector = 3;

    private MovingBodies(in QueryDescription bodies) => Query = bodies;

    /// <summary>What the integrator's systems have behind their names, so that one schedule can hold several integrators; empty for one.</summary>
    public string Name { get; init; } = "";

    internal QueryDescription Query { get; init; }

    internal EntityColumn Position { get; private init; } = EntityColumn.Of<Position>(Vector);

    internal EntityColumn Velocity { get; private init; } = EntityColumn.Of<Velocity>(Vector);

    internal EntityColumn Gradient { get; private init; } = EntityColumn.Of<Gradient>(Vector);

    internal EntityColumn? Charge { get; private init; }

    internal EntityColumn? Mass { get; private init; }

    /// <summary>The rows: those of the host's query that have all that is named here.</summary>
    internal QueryDescription Rows
    {
        get
        {
            QueryDescription rows = Query.WithAll(Position.Type).WithAll(Velocity.Type).WithAll(Gradient.Type);
            if (Charge is not null) rows = rows.WithAll(Charge.Type);
            return Mass is null ? rows : rows.WithAll(Mass.Type);
        }
    }

    /// <summary>Bodies that a query means.</summary>
    /// <param name="bodies">Which they are; of them those move that have the components.</param>
    public static MovingBodies Of(in QueryDescription bodies) => new(in bodies);

    /// <summary>The same with the places in a component of the host's own.</summary>
    /// <typeparam name="T">A struct of three doubles or three floats.</typeparam>
    /// <exception cref="ArgumentException">It is not.</exception>
    public MovingBodies Positions<T>()
        where T : unmanaged => this with { Position = EntityColumn.Of<T>(Vector) };

    /// <summary>The same with the velocities in a component of the host's own.</summary>
    /// <inheritdoc cref="Positions"/>
    public MovingBodies Velocities<T>()
        where T : unmanaged => this with { Velocity = EntityColumn.Of<T>(Vector) };

    /// <summary>The same with the gradients in a component of the host's own.</summary>
    /// <inheritdoc cref="Positions"/>
    public MovingBodies Gradients<T>()
        where T : unmanaged => this with { Gradient = EntityColumn.Of<T>(Vector) };

    /// <summary>The same with a charge a body, which its acceleration is multiplied with.</summary>
    /// <typeparam name="T">A struct of one double or float.</typeparam>
    /// <exception cref="ArgumentException">It is not.</exception>
    public MovingBodies Charges<T>()
        where T : unmanaged => this with { Charge = EntityColumn.Of<T>(1) };

    /// <summary>The same with a mass a body, which its acceleration is divided by.</summary>
    /// <inheritdoc cref="Charges"/>
    public MovingBodies Masses<T>()
        where T : unmanaged => this with { Mass = EntityColumn.Of<T>(1) };
}
