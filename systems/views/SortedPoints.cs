using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Sorted points stand in one chunk: all sources, all targets, or both where they are the same.</summary>
internal static class SortedPoints
{
    /// <summary>The chunk of sorted points that a query finds.</summary>
    /// <param name="query">A query for the rows with a tag of points.</param>
    /// <exception cref="InvalidOperationException">Points were not sorted yet, or rows of two archetypes match.</exception>
    public static Chunk Of(Query query)
    {
        Chunk found = default;
        bool any = false;
        foreach (ref Chunk points in query)
        {
            if (any)
            {
                throw new InvalidOperationException(
                    $"Rows of {found.Archetype.Signature} and of {points.Archetype.Signature} both have {query.Description.All}: sorted points stand in one archetype; give rows of another meaning other components.");
            }
            found = points;
            any = true;
        }
        if (any) return found;
        return query.Matches is [Archetype empty, ..] ? empty.Chunk : throw new InvalidOperationException(
            $"There are no sorted points with {query.Description.All}: run SortPoints before, and add to TreeLayout what it lacks.");
    }
}
