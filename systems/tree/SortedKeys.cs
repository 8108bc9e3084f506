namespace Fmm.Systems;

/// <summary>The sorted keys of one set of points, and where the points of a node begin among them.</summary>
internal readonly unsafe struct SortedKeys(ulong* keys, int count)
{
    public readonly ulong* Keys = keys;
    public readonly int Count = count;

    /// <summary>First row in [start, end) whose key is at least a value; end when there is none.</summary>
    public int LowerBound(int start, int end, ulong value) => LowerBound(Keys, start, end, value);

    /// <summary>Writes the starts of a node's octants 1 to 7 between its start (cuts[0]) and its end (cuts[8]).</summary>
    /// <param name="key">The node's key.</param>
    /// <param name="level">The node's level.</param>
    /// <param name="cuts">Nine rows; the first and the last are given.</param>
    public void Cut(ulong key, int level, int* cuts)
    {
        int shift = 3 * (Components.Morton.MaxLevel - level - 1);
        for (int octant = 1; octant < 8; octant++)
            cuts[octant] = LowerBound(cuts[octant - 1], cuts[8], ((key << 3) | (uint)octant) << shift);
    }

    /// <summary>Number of points of a node within a range of rows that holds them all.</summary>
    public bool Any(ulong key, int level, int start, int end)
    {
        int shift = 3 * (Components.Morton.MaxLevel - level);
        int first = LowerBound(start, end, key << shift);
        return first < end && Keys[first] >> shift == key;
    }

    public static int LowerBound(ulong* keys, int start, int end, ulong value)
    {
        int length = end - start;
        while (length > 0)
        {
            int half = length >> 1;
            bool below = keys[start + half] < value;
            start = below ? start + half + 1 : start;
            length = below ? length - half - 1 : half;
        }

        return start;
    }
}
