namespace Fmm.Systems;

/// <summary>How long the lists of one kind are on a level.</summary>
/// <param name="Lists">Lists that have members: of leaves with targets (U, W), or of nodes with targets (V, X).</param>
/// <param name="Members">Members of all of them.</param>
/// <param name="Largest">Members of the longest.</param>
public readonly record struct ListSizes(int Lists, long Members, int Largest)
{
    /// <summary>Members of a list on average; 0 where there are no lists.</summary>
    public double Mean => Lists == 0 ? 0 : (double)Members / Lists;

    /// <summary>The sizes with those of other levels.</summary>
    /// <param name="others">The other levels.</param>
    public ListSizes And(ListSizes others) => new(Lists + others.Lists, Members + others.Members, Math.Max(Largest, others.Largest));

    internal ListSizes And(int members) => members == 0 ? this : new(Lists + 1, Members + members, Math.Max(Largest, members));
}
