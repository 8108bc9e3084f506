namespace Fmm.Engine;

/// <summary>
/// Systems, run by the graph that their declared access and the given orders make: independent branches together, on the
/// threads that the host lends.
/// </summary>
/// <remarks>
/// Declaring access gives no order by itself. Two systems that touch the same data, one of them writing, must be
/// ordered by <see cref="SystemHandle{T}.After{TSystem}()"/>, Before or <see cref="Chain"/>, directly or through others; the
/// build refuses the schedule otherwise. What a step computes does therefore not depend on threads.
/// </remarks>
/// <typeparam name="T">What a step is told.</typeparam>
/// <param name="name">Names the schedule in messages and tables.</param>
public sealed partial class Schedule<T>(string name) : ISystem<T>, IPart
{
    private readonly Places<T> _places = new(name);
    private Executor? _executor;
    private T _state = default!;
    private bool _disposed;

    /// <summary>The name in messages and tables.</summary>
    public string Name { get; } = name;

    internal ref T State => ref _state;

    object? IPart.Owner { get; set; }

    IEnumerable<object> IPart.Parts => _places.Systems;

    World? IPart.World => null;

    /// <summary>Adds a system.</summary>
    /// <param name="system">The system; owned by the schedule from now on.</param>
    /// <returns>Says what it comes before or after.</returns>
    /// <exception cref="ArgumentException">It was added before, here or elsewhere, or it is this schedule or holds it.</exception>
    /// <exception cref="InvalidOperationException">The schedule is built already.</exception>
    public SystemHandle<T> Add(ISystem<T> system)
    {
        ArgumentNullException.ThrowIfNull(system);
        ThrowIfBuilt();
        RequireFree(system);
        return new SystemHandle<T>(this, Put(system));
    }

    /// <summary>Orders systems one after the other; those that are not in the schedule yet are added. One that was replaced
    /// means the one in its place.</summary>
    /// <param name="systems">Two or more systems.</param>
    /// <returns>This schedule.</returns>
    /// <inheritdoc cref="Add"/>
    public Schedule<T> Chain(params ReadOnlySpan<ISystem<T>> systems)
    {
        ThrowIfBuilt();
        foreach (ISystem<T> system in systems)
        {
            ArgumentNullException.ThrowIfNull(system, nameof(systems));
            if (!Has(system)) RequireFree(system);
        }
        for (int i = 0; i < systems.Length; i++)
        {
            if (!Has(systems[i])) Put(systems[i]);
            if (i > 0) Order(systems[i - 1], systems[i]);
        }
        return this;
    }

    /// <summary>Makes the graph. <see cref="Initialize"/> and the first update call it, where it was not called before.</summary>
    /// <returns>This schedule.</returns>
    /// <exception cref="ScheduleException">There is a cycle, or a conflict without an order, or an order names a
    /// system that is not there, or several, or two systems have one name, or one system is in it twice by way of groups.
    /// The message names them and the remedy.</exception>
    public Schedule<T> Build()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_executor is not null) return this;
        World[] worlds = Parts.Worlds(this, Name);
        var nodes = new ScheduleNode[_places.Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Length; i++)
        {
            Place<T> place = _places[i];
            nodes[i] = new ScheduleNode<T>(this, place)
            {
                Name = place.Name,
                Declared = i,
                Access = (place.System as IDeclared)?.Access ?? Access.Exclusive,
            };
            if (!names.Add(nodes[i].Name))
                throw new ScheduleException($"Schedule '{Name}' has two systems named '{nodes[i].Name}'; override Name in one of them.");
        }
        _executor = new Executor(ScheduleGraph.Build(Name, nodes, _places.Resolve()), worlds);
        return this;
    }

    /// <summary>
    /// The built graph as text: each system by priority, what it comes after, what it may run beside, what it touches. The
    /// same for the same schedule, so that it can be kept as a test.
    /// </summary>
    public string Explain() => Fmm.Engine.Explain.Text(Name, (_executor ?? Built()).Nodes);

    /// <summary>What it is and its name, for messages.</summary>
    public override string ToString() => $"schedule '{Name}'";

    /// <summary>The systems as they run.</summary>
    internal ReadOnlySpan<ScheduleNode> Nodes => (_executor ?? Built()).Nodes;

    internal void Order(object first, object second)
    {
        ThrowIfBuilt();
        _places.Add(first, second);
    }

    private Executor Built() => Build()._executor!;

    /// <summary>Whether a system has a place here, its own or that of the one which replaced it.</summary>
    private bool Has(ISystem<T> system) => _places.TryFind(system, out Place<T>? place) && !place.IsRemoved;

    private void RequireFree(ISystem<T> system)
    {
        Parts.RequireFree(system, this);
        _places.RequireNew(system);
    }

    private Place<T> Put(ISystem<T> system)
    {
        Place<T> place = _places.Add(system);
        Parts.Own(system, this);
        return place;
    }

    internal void ThrowIfBuilt()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_executor is not null)
            throw new InvalidOperationException($"Schedule '{Name}' is built already; add, replace, remove and order systems before Build, Initialize and the first update.");
    }
}
