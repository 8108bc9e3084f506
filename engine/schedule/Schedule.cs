namespace Fmm.Engine;

/// <summary>
/// Systems, run by the graph that their declared access and the given orders make: independent branches together, on the
/// threads that the host lends.
/// </summary>
/// <remarks>
/// Declaring access gives no order by itself. Two systems that touch the same data, one of them writing, must be
/// ordered by <see cref="SystemHandle{T}.After(string)"/>, Before or <see cref="Chain"/>, directly or through others; the
/// build refuses the schedule otherwise. What a step computes does therefore not depend on threads.
/// </remarks>
/// <typeparam name="T">What a step is told.</typeparam>
/// <param name="name">Names the schedule in messages and tables.</param>
public sealed partial class Schedule<T>(string name) : ISystem<T>, IPart
{
    private readonly List<ISystem<T>> _systems = [];
    private readonly List<(object First, object Second)> _orders = [];
    private Executor? _executor;
    private T _state = default!;
    private bool _disposed;

    /// <summary>The name in messages and tables.</summary>
    public string Name { get; } = name;

    internal ref T State => ref _state;

    object? IPart.Owner { get; set; }

    IEnumerable<object> IPart.Parts => _systems;

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
        Parts.RequireFree(system, this);
        Put(system);
        return new SystemHandle<T>(this, system);
    }

    /// <summary>Orders systems one after the other; those that are not in the schedule yet are added.</summary>
    /// <param name="systems">Two or more systems.</param>
    /// <returns>This schedule.</returns>
    /// <inheritdoc cref="Add"/>
    public Schedule<T> Chain(params ReadOnlySpan<ISystem<T>> systems)
    {
        ThrowIfBuilt();
        foreach (ISystem<T> system in systems)
        {
            ArgumentNullException.ThrowIfNull(system, nameof(systems));
            if (!_systems.Contains(system)) Parts.RequireFree(system, this);
        }
        for (int i = 0; i < systems.Length; i++)
        {
            if (!_systems.Contains(systems[i])) Put(systems[i]);
            if (i > 0) Order(systems[i - 1], systems[i]);
        }
        return this;
    }

    /// <summary>Makes the graph. <see cref="Initialize"/> and the first update call it, where it was not called before.</summary>
    /// <returns>This schedule.</returns>
    /// <exception cref="ScheduleException">There is a cycle, or a conflict without an order, or an order names an unknown
    /// system, or two systems have one name, or one system is in it twice by way of groups. The message names them and
    /// the remedy.</exception>
    public Schedule<T> Build()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_executor is not null) return this;
        World[] worlds = Parts.Worlds(this, Name);
        var nodes = new ScheduleNode[_systems.Count];
        var indices = new Dictionary<object, int>();
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new ScheduleNode<T>(this, _systems[i])
            {
                Name = NameOf(_systems[i]),
                Declared = i,
                Access = (_systems[i] as IDeclared)?.Access ?? Access.Exclusive,
            };
            indices.Add(_systems[i], i);
            if (!indices.TryAdd(nodes[i].Name, i))
                throw new ScheduleException($"Schedule '{Name}' has two systems named '{nodes[i].Name}'; override Name in one of them.");
        }
        (int, int)[] orders = [.. _orders.Select(order => (Index(order.First), Index(order.Second)))];
        _executor = new Executor(ScheduleGraph.Build(Name, nodes, orders), worlds);
        return this;

        int Index(object system) => indices.TryGetValue(system, out int index)
            ? index
            : throw new ScheduleException($"Schedule '{Name}' has an order with '{(system is ISystem<T> other ? NameOf(other) : system)}', which is not in it; "
                + $"it has {string.Join(", ", nodes.Select(node => node.Name))}.");
    }

    /// <summary>
    /// The built graph as text: each system by priority, what it comes after, what it may run beside, what it touches. The
    /// same for the same schedule, so that it can be kept as a test.
    /// </summary>
    public string Explain() => Fmm.Engine.Explain.Text(Name, (_executor ?? Built()).Nodes);

    internal void Order(object first, object second)
    {
        ThrowIfBuilt();
        _orders.Add((first, second));
    }

    private static string NameOf(ISystem<T> system) => system switch
    {
        IDeclared declared => declared.Name,
        Schedule<T> schedule => schedule.Name,
        _ => ComponentInfo.NameOf(system.GetType()),
    };

    /// <summary>Not through <see cref="Build"/>, whose closure is allocated on entry.</summary>
    private Executor Built()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _executor ?? Build()._executor!;
    }

    private void Put(ISystem<T> system)
    {
        _systems.Add(system);
        Parts.Own(system, this);
    }

    private void ThrowIfBuilt()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_executor is not null)
            throw new InvalidOperationException($"Schedule '{Name}' is built already; add and order systems before Build, Initialize and the first update.");
    }
}
