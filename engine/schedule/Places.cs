using System.Diagnostics.CodeAnalysis;

namespace Fmm.Engine;

/// <summary>The places of a schedule that is not built yet, found by instance and by type, and the orders between them.</summary>
/// <param name="schedule">The schedule's name, for messages.</param>
internal sealed partial class Places<T>(string schedule)
{
    /// <summary>In order of addition.</summary>
    private readonly List<Place<T>> _places = [];

    private readonly List<Place<T>> _removed = [];

    /// <summary>By every system that stands or stood in one.</summary>
    private readonly Dictionary<object, Place<T>> _bySystem = new(ReferenceEqualityComparer.Instance);

    internal int Count => _places.Count;

    internal Place<T> this[int index] => _places[index];

    internal IEnumerable<ISystem<T>> Systems => _places.Select(place => place.System);

    /// <summary>Refuses a system that stands or stood here: it is owned, or was disposed of.</summary>
    internal void RequireNew(ISystem<T> system)
    {
        if (!_bySystem.TryGetValue(system, out Place<T>? place)) return;
        string fate = ReferenceEquals(place.System, system)
            ? place.IsRemoved ? "was removed from it" : "is in it already"
            : $"was replaced in it by '{place.Name}'";
        string end = place.IsRemoved || !ReferenceEquals(place.System, system) ? " and disposed of" : "";
        throw new ArgumentException($"Schedule '{schedule}' can't take '{Place<T>.NameOf(system)}', which {fate}{end}; give another instance.", nameof(system));
    }

    internal Place<T> Add(ISystem<T> system)
    {
        var place = new Place<T>(system);
        _places.Add(place);
        _bySystem.Add(system, place);
        return place;
    }

    internal void Replace(Place<T> place, ISystem<T> system)
    {
        place.Replace(system);
        _bySystem.Add(system, place);
    }

    internal void Remove(Place<T> place)
    {
        Bind(place);
        _places.Remove(place);
        _removed.Add(place);
        place.IsRemoved = true;
    }

    /// <summary>The place of a system, or of what stands in for it.</summary>
    /// <returns>Whether it has one, which may be a removed one.</returns>
    internal bool TryFind(ISystem<T> system, [NotNullWhen(true)] out Place<T>? place) => _bySystem.TryGetValue(system, out place);

    internal bool Has(Type type) => _places.Exists(place => place.StandsFor(type));

    /// <summary>The place of a system, or of what stands in for it.</summary>
    /// <exception cref="ArgumentException">It has none, or was removed.</exception>
    internal Place<T> The(ISystem<T> system)
    {
        if (!TryFind(system, out Place<T>? place))
            throw new ArgumentException($"Schedule '{schedule}' doesn't have '{Place<T>.NameOf(system)}'; {Held(system) ?? All()}.", nameof(system));
        if (place.IsRemoved)
            throw new ArgumentException($"'{Place<T>.NameOf(system)}' was removed from schedule '{schedule}' already; {All()}.", nameof(system));
        return place;
    }

    /// <summary>The one place that stands for a type.</summary>
    /// <exception cref="ScheduleException">There is none, or several.</exception>
    internal Place<T> The(Type type)
    {
        Place<T>[] found = Found(type, null);
        return found.Length == 1 ? found[0] : throw new ScheduleException($"Schedule '{schedule}' has {Miss(type, found)}.");
    }

    private Place<T>[] Found(Type type, object? except) =>
        [.. _places.Where(place => !ReferenceEquals(place, except) && place.StandsFor(type))];

    /// <summary>Why a type names no system, and what to do.</summary>
    private string Miss(Type type, Place<T>[] found)
    {
        string name = ComponentInfo.NameOf(type);
        if (found.Length > 0)
            return $"several that {name} may mean: {string.Join(", ", found.Select(place => place.NameWithReplaced))}. Name a type that only one of them is, or give its instance";
        if (_removed.Find(place => place.StandsFor(type)) is Place<T> removed)
            return $"no {name}: '{removed.Name}' was removed from it. Take out the removal, or what asks for it afterwards";
        return $"no {name}: {Held(type) ?? All()}. Add one before Build, or name what is there";
    }

    /// <summary>Tells of a system that stands inside of another.</summary>
    private string? Held(object wanted)
    {
        foreach (Place<T> place in _places)
            foreach (object part in Parts.Below(place.System))
                if (part is ISystem<T> system && (wanted is Type type ? type.IsInstanceOfType(part) : ReferenceEquals(part, wanted)))
                    return $"'{Place<T>.NameOf(system)}' is inside of '{place.Name}', which counts as one system here and is ordered as a whole";
        return null;
    }

    private string All() => _places.Count == 0 ? "it has no system" : $"it has {string.Join(", ", _places.Select(place => place.Name))}";
}
