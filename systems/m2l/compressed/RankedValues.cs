namespace Fmm.Systems;

/// <summary>Which singular values of several decompositions are kept, if those with the least squares are dropped first, whichever they belong to.</summary>
/// <remarks>Plain loops: a sort by the library's queries costs a new process 10 ms of compilation, more than all of order 4.</remarks>
internal static class RankedValues
{
    /// <summary>Tells which values are kept: all but the smallest, the sum of whose squares is within a budget.</summary>
    /// <param name="values">For each decomposition its values, descending.</param>
    /// <param name="copies">How often each value of a decomposition counts.</param>
    /// <param name="budget">The sum of squares that may be lost.</param>
    /// <param name="multiple">The number of those that are kept is rounded up to a multiple of this, or to all.</param>
    /// <returns>The kept values as a decomposition and the value's number in it.</returns>
    public static (int Part, int Index)[] Keep(double[][] values, int[] copies, double budget, int multiple)
    {
        int count = 0;
        foreach (double[] part in values) count += part.Length;
        (int Part, int Index)[] order = new (int, int)[count];
        int[] next = new int[values.Length];
        for (int i = 0; i < count; i++)
        {
            int best = -1;
            for (int part = 0; part < values.Length; part++)
                if (next[part] < values[part].Length && (best < 0 || values[part][next[part]] > values[best][next[best]])) best = part;
            order[i] = (best, next[best]++);
        }
        int kept = count;
        double lost = 0;
        for (; kept > 1; kept--)
        {
            (int part, int index) = order[kept - 1];
            lost += copies[part] * values[part][index] * values[part][index];
            if (lost > budget) break;
        }
        return order[..Math.Min(count, (kept + multiple - 1) / multiple * multiple)];
    }
}
