using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Which entities of a host are the points: sources are a query over <see cref="Position"/> and <see cref="Charge"/>, targets a query over
/// <see cref="Position"/>, and the field is written to <see cref="Potential"/> and <see cref="Gradient"/> of the targets.
/// </summary>
/// <example>
/// <code>
/// for (int i = 0; i &lt; 1000; i++) world.Create(Place(i), new Charge(1), new Potential(), new Gradient());
/// QueryDescription bodies = new QueryDescription().WithAll&lt;Position, Charge&gt;();
/// using FmmMethod method = FmmSchedule.Create(world, new Laplace(), new FmmOptions { Gradient = true }, FmmEntities.Of(bodies));
/// method.Schedule.Update(default, threads);
/// </code>
/// </example>
/// <remarks>
/// <para>Each update reads the rows that the queries mean then (<see cref="ReadEntities"/>) and finds out what changed: entities may be made,
/// destroyed, moved and charged anew between updates, and nobody is told. Positions and charges that are the same as in the update before
/// keep the tree; so do charges alone that differ. The order of the input is the queries' row order.</para>
/// <para>All rows of the queries are points. Sources need a position and a charge, targets a position and a potential or, where the options ask
/// for it, a gradient; of the two the one that is there is written. An update that meets other rows is refused: <c>Of(sources, targets)</c> tells rows apart
/// that are only one of both. An entity in both queries is both, and does not act on itself.</para>
/// <para>Without sources the field is zero, without targets nothing is written: in either case one point that is no entity stands for
/// the missing ones.</para>
/// <para>A struct of the host's own serves in place of <see cref="Fmm.Components.Position"/>, <see cref="Charge"/>, <see cref="Potential"/> and <see cref="Gradient"/>, and must
/// where the kernel has several components: as many doubles as those, or floats; for gradients three for each component of the potential. What is computed is rounded to floats
/// where they are that.</para>
/// </remarks>
public sealed record FmmEntities
{
    private readonly EntityColumn? _gradient;

    private FmmEntities(QueryDescription sources, QueryDescription targets, bool shared)
    {
        Sources = sources;
        Targets = targets;
        IsShared = shared;
    }

    /// <summary>Whether the targets are the sources.</summary>
    public bool IsShared { get; }

    internal QueryDescription Sources { get; }

    internal QueryDescription Targets { get; }

    internal EntityColumn Position { get; private init; } = EntityColumn.Of<Position>();

    internal EntityColumn Charge { get; private init; } = EntityColumn.Of<Charge>();

    internal EntityColumn Potential { get; private init; } = EntityColumn.Of<Potential>();

    internal EntityColumn Gradient
    {
        get => _gradient ?? EntityColumn.Of<Gradient>();
        private init => _gradient = value;
    }

    /// <summary>Entities that are sources and targets at once.</summary>
    /// <param name="points">Which they are.</param>
    public static FmmEntities Of(in QueryDescription points) => new(points, points, shared: true);

    /// <summary>Sources and targets that differ.</summary>
    /// <param name="sources">Which entities act.</param>
    /// <param name="targets">At which entities the field is wanted.</param>
    public static FmmEntities Of(in QueryDescription sources, in QueryDescription targets) => new(sources, targets, shared: false);

    /// <summary>The same with the places in a component of the host's own.</summary>
    /// <typeparam name="T">A struct of three doubles or three floats: x, y, z.</typeparam>
    public FmmEntities Positions<T>()
        where T : unmanaged => this with { Position = EntityColumn.Of<T>() };

    /// <summary>The same with the charges in a component of the host's own.</summary>
    /// <typeparam name="T">A struct of as many doubles as the kernel takes of a source.</typeparam>
    public FmmEntities Charges<T>()
        where T : unmanaged => this with { Charge = EntityColumn.Of<T>() };

    /// <summary>The same with the potentials in a component of the host's own.</summary>
    /// <typeparam name="T">A struct of as many doubles as the kernel gives a target.</typeparam>
    public FmmEntities Potentials<T>()
        where T : unmanaged => this with { Potential = EntityColumn.Of<T>() };

    /// <summary>The same with the gradients in a component of the host's own.</summary>
    /// <typeparam name="T">A struct of three times as many doubles as the kernel gives a target: derivatives along x, y and z of the first component,
    /// then of the next.</typeparam>
    public FmmEntities Gradients<T>()
        where T : unmanaged => this with { Gradient = EntityColumn.Of<T>() };

    /// <summary>Refuses components that a kernel's numbers do not fit into.</summary>
    /// <param name="kernel">The kernel's name.</param>
    /// <param name="charges">Its numbers a source.</param>
    /// <param name="potentials">Its numbers a target.</param>
    /// <param name="gradient">Whether gradients are asked for.</param>
    /// <exception cref="ArgumentException">One does not fit, or serves twice.</exception>
    internal void Require(string kernel, int charges, int potentials, bool gradient)
    {
        if (_gradient is not null && !gradient)
            throw new FmmOptionException(nameof(FmmOptions.Gradient), false, $"set it to have {_gradient.Type} written, or leave out FmmEntities.Gradients.");
        Fit(Position, 3, "places have 3 doubles", nameof(Positions));
        Fit(Charge, charges, $"{kernel} takes {Doubles(charges)} a source", nameof(Charges));
        Fit(Potential, potentials, $"{kernel} gives {Doubles(potentials)} a target", nameof(Potentials));
        if (gradient) Fit(Gradient, 3 * potentials, $"the gradient of {kernel} is {Doubles(3 * potentials)} a target", nameof(Gradients));
        ComponentType position = Position.Type, written = Gradient.Type;
        Apart(Charge.Type, Potential.Type);
        Apart(position, Potential.Type);
        if (!gradient) return;
        Apart(Charge.Type, written);
        Apart(position, written);
        Apart(Potential.Type, written);
    }

    private static string Doubles(int count) => count == 1 ? "1 double" : $"{count} doubles";

    private static void Fit(EntityColumn column, int numbers, string need, string method)
    {
        if (column.Numbers == numbers) return;
        string have = column.Numbers == 0 ? $"{column.Type.ByteSize} bytes that are not doubles alone, nor floats" : column.IsSingle ? $"{column.Numbers} floats" : Doubles(column.Numbers);
        throw new ArgumentException($"{need}, but {column.Type} has {have}: name a struct of {Doubles(numbers)} with FmmEntities.{method}<T>().");
    }

    private static void Apart(ComponentType first, ComponentType second)
    {
        if (first == second)
            throw new ArgumentException($"{first} would be overwritten with the field: give positions, charges, potentials and gradients a component each.");
    }
}
