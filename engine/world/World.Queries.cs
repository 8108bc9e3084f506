namespace Fmm.Engine;

/// <content>Queries.</content>
public sealed partial class World
{
    private readonly Dictionary<QueryDescription, Query> _queries = [];

    /// <summary>The query of a description; made once, then found again without allocating.</summary>
    /// <param name="description">Which rows.</param>
    public Query Query(in QueryDescription description)
    {
        lock (_gate)
        {
            if (_queries.TryGetValue(description, out Query? query)) return query;
            query = new Query(description);
            foreach (Archetype archetype in _archetypes) query.Offer(archetype);
            _queries.Add(description, query);
            return query;
        }
    }

    /// <summary>Number of rows that a description means, en-bloc ones too.</summary>
    /// <param name="description">Which rows.</param>
    public int CountEntities(in QueryDescription description) => Query(in description).Count();
}
