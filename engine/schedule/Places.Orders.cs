namespace Fmm.Engine;

/// <content>Orders. Their ends are looked up when the schedule is built, so that they may be added later.</content>
internal sealed partial class Places<T>
{
    private readonly List<Order> _orders = [];

    /// <summary>One end is or was a place, the other a place, a system that is not in the schedule (yet, or any more), or a type.</summary>
    /// <param name="First">Comes first.</param>
    /// <param name="Second">Comes second.</param>
    /// <param name="IsMet">The one that its type meant was removed, and an order with that one says the same; the type may mean
    /// another that is added later, but need not.</param>
    private sealed record Order(object First, object Second, bool IsMet = false);

    internal void Add(object first, object second) => _orders.Add(new Order(End(first), End(second)));

    /// <summary>The orders by the numbers of the places. What a removed one stood between is ordered directly.</summary>
    /// <exception cref="ScheduleException">An order names what is not there, or was removed before, or several.</exception>
    internal List<(int First, int Second)> Resolve()
    {
        var indices = new Dictionary<Place<T>, int>(_places.Count + _removed.Count);
        foreach (Place<T> place in _places) indices.Add(place, indices.Count);
        foreach (Place<T> place in _removed) indices.Add(place, indices.Count);
        var next = new List<int>[indices.Count];
        for (int i = 0; i < next.Length; i++) next[i] = [];
        foreach (Order order in _orders)
            if (Resolve(order, order.First, order.Second) is Place<T> first && Resolve(order, order.Second, order.First) is Place<T> second)
                next[indices[first]].Add(indices[second]);
        return Shorten(next, _places.Count);
    }

    /// <summary>Orders among the first places, where those behind them are passed through, unless the others say the contrary: with a removed one goes
    /// the circle that it closed.</summary>
    private static List<(int First, int Second)> Shorten(List<int>[] next, int count)
    {
        var orders = new List<(int, int)>();
        var passed = new List<(int First, int Second)>();
        var seen = new HashSet<int>();
        var waiting = new Stack<int>();
        for (int first = 0; first < count; first++)
        {
            seen.Clear();
            foreach (int second in next[first])
            {
                if (second < count) orders.Add((first, second));
                else waiting.Push(second);
            }
            while (waiting.TryPop(out int removed))
            {
                if (!seen.Add(removed)) continue;
                foreach (int second in next[removed])
                {
                    if (second >= count) waiting.Push(second);
                    else passed.Add((first, second));
                }
            }
        }
        if (passed.Count == 0) return orders;
        var after = new List<int>[count];
        for (int i = 0; i < count; i++) after[i] = next[i].FindAll(second => second < count);
        foreach ((int first, int second) in passed)
        {
            if (Reaches(after, second, first)) continue;
            after[first].Add(second);
            orders.Add((first, second));
        }
        return orders;
    }

    /// <summary>Whether orders lead from one place to another; from each to itself.</summary>
    private static bool Reaches(List<int>[] after, int from, int to)
    {
        var seen = new HashSet<int> { from };
        var waiting = new Stack<int>(seen);
        while (waiting.TryPop(out int at))
        {
            if (at == to) return true;
            foreach (int second in after[at])
                if (seen.Add(second)) waiting.Push(second);
        }
        return false;
    }

    /// <summary>A place that was removed is no end: the order comes too late, which is told when its system is looked up.</summary>
    private object End(object end) => end is Place<T> { IsRemoved: true } place ? place.System : Known(end);

    private object Known(object end) => end is ISystem<T> system && TryFind(system, out Place<T>? place) && !place.IsRemoved ? place : end;

    /// <summary>Before a place is removed: orders that mean it by type, or that it gave by type, become orders with the place that is
    /// meant now, whatever is added later.</summary>
    private void Bind(Place<T> place)
    {
        for (int i = _orders.Count - 1; i >= 0; i--)
        {
            Order order = _orders[i] = _orders[i] with { First = Known(_orders[i].First), Second = Known(_orders[i].Second) };
            Type? type = order.First as Type ?? order.Second as Type;
            if (type is null) continue;
            object owner = ReferenceEquals(order.First, type) ? order.Second : order.First;
            if (Found(type, owner) is not [Place<T> meant]) continue;
            Order bound = ReferenceEquals(order.First, type) ? new(meant, owner) : new(owner, meant);
            if (ReferenceEquals(owner, place)) _orders[i] = bound;
            if (!ReferenceEquals(meant, place)) continue;
            _orders[i] = order with { IsMet = true };
            _orders.Add(bound);
        }
    }

    /// <summary>The place that an end means; null: none, and none is needed.</summary>
    private Place<T>? Resolve(Order order, object end, object other)
    {
        if (end is Place<T> known) return known;
        // What a removed one asked for need not be there.
        bool isMoot = other is Place<T> { IsRemoved: true };
        if (end is ISystem<T> system) return Resolve(system, isMoot);
        var type = (Type)end;
        Place<T>[] found = Found(type, other);
        if (found.Length == 1) return found[0];
        if (isMoot || (order.IsMet && found.Length == 0)) return null;
        string verb = ReferenceEquals(end, order.Second) ? "before" : "after";
        throw new ScheduleException($"Schedule '{schedule}' orders {Described(other)} {verb} {ComponentInfo.NameOf(type)}, but has {Miss(type, found)}.");
    }

    private Place<T>? Resolve(ISystem<T> system, bool isMoot)
    {
        bool isKnown = TryFind(system, out Place<T>? place);
        if (isKnown && !place!.IsRemoved) return place;
        if (isMoot) return null;
        throw new ScheduleException($"Schedule '{schedule}' has an order with {Described(system)}, " + (isKnown
            ? "given when that was removed already; take out the order or the removal."
            : $"which is not in it; {Held(system) ?? All()}. Add it before Build, or take out the order."));
    }

    private static string Described(object end) => end switch
    {
        Place<T> place => $"'{place.Name}'",
        ISystem<T> system => $"'{Place<T>.NameOf(system)}'",
        _ => end.ToString() ?? "",
    };
}
