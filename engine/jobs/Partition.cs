namespace Fmm.Engine;

/// <summary>Cuts rows into units of about equal cost.</summary>
internal static class Partition
{
    /// <summary>
    /// Cuts consecutive rows into units: a unit is closed by the row that brings its cost to
    /// <paramref name="costPerUnit"/> or more. The cut depends on the costs alone, never on the number of threads, so
    /// that sums made unit by unit have one shape.
    /// </summary>
    /// <param name="cost">Cost of each row, 0 or more, in any one unit (pairs, flops).</param>
    /// <param name="costPerUnit">Cost that closes a unit; at least 1.</param>
    /// <param name="starts">Receives the first row of each unit, and behind the last unit the number of rows; unit u is
    /// the rows <c>starts[u]</c> to <c>starts[u + 1] - 1</c>. <c>cost.Length + 1</c> elements always suffice. Where it is
    /// shorter, the last unit takes all rows that remain.</param>
    /// <returns>The number of units; 0 for no rows. No unit is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="costPerUnit"/> is below 1, or a cost is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="starts"/> has no room for one unit.</exception>
    public static int Cut(ReadOnlySpan<long> cost, long costPerUnit, Span<int> starts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(costPerUnit, 1);
        if (starts.Length < (cost.IsEmpty ? 1 : 2))
            throw new ArgumentException($"The span of starts has {starts.Length} elements; it needs at least 2, and rows + 1 to cut freely.", nameof(starts));
        int units = 0;
        long sum = 0;
        starts[0] = 0;
        for (int row = 0; row < cost.Length; row++)
        {
            if (cost[row] < 0)
                throw new ArgumentOutOfRangeException(nameof(cost), cost[row], $"The cost of row {row} is negative.");
            sum = cost[row] > long.MaxValue - sum ? long.MaxValue : sum + cost[row];
            if (sum < costPerUnit || units + 2 >= starts.Length || row + 1 == cost.Length) continue;
            starts[++units] = row + 1;
            sum = 0;
        }
        if (cost.IsEmpty) return 0;
        starts[++units] = cost.Length;
        return units;
    }
}
