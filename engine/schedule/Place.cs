namespace Fmm.Engine;

/// <summary>
/// A place in a schedule. The system that stands in it may change; orders are given between places, so that they hold for whatever
/// stands there when the schedule is built.
/// </summary>
internal sealed class Place<T>(ISystem<T> system)
{
    private readonly List<ISystem<T>> _replaced = [];

    internal ISystem<T> System { get; private set; } = system;

    /// <summary>Left out: no system of the built schedule, but what came before it still comes before what came after it.</summary>
    internal bool IsRemoved { get; set; }

    internal string Name => NameOf(System);

    /// <summary>The name, and in whose place it stands, for a message that says what was found by a type.</summary>
    internal string NameWithReplaced => _replaced.Count == 0 ? $"'{Name}'" : $"'{Name}' (in the place of '{NameOf(_replaced[0])}')";

    /// <summary>The name in messages and tables.</summary>
    internal static string NameOf(ISystem<T> system) => system switch
    {
        IDeclared declared => declared.Name,
        Schedule<T> schedule => schedule.Name,
        _ => ComponentInfo.NameOf(system.GetType()),
    };

    /// <summary>Whether an order by that type may mean this place: its system is one, or stands for one.</summary>
    internal bool StandsFor(Type type) => type.IsInstanceOfType(System) || _replaced.Exists(type.IsInstanceOfType);

    internal void Replace(ISystem<T> system)
    {
        _replaced.Add(System);
        System = system;
    }
}
