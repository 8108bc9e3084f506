namespace Fmm.Samples;

/// <summary>Which of the known names somebody most likely meant.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest letters to insert, delete, replace or swap with the next; the first of several.</summary>
    public static string Of(string name, IEnumerable<string> known) => known.MinBy(one => Distance(name, one))!;

    /// <summary>The number of those changes (Damerau 1964, Levenshtein 1966; no letter is changed twice).</summary>
    public static int Distance(string from, string to)
    {
        int[] before = new int[to.Length + 1], above = [.. Enumerable.Range(0, to.Length + 1)], row = new int[to.Length + 1];
        for (int i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above, row) = (above, row, before);
        }
        return above[^1];
    }
}
