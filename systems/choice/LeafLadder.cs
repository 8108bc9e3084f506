namespace Fmm.Systems;

/// <summary>The leaf capacities among which the choice is made: 32 to 4096 in steps of a quarter of a power of two.</summary>
internal static class LeafLadder
{
    /// <summary>Number of capacities.</summary>
    public const int Count = 29;

    private static readonly int[] _capacities = [.. Enumerable.Range(0, Count).Select(i => (int)Math.Round(32 * Math.Pow(2, i / 4.0)))];

    /// <summary>The capacities, ascending.</summary>
    public static ReadOnlySpan<int> Capacities => _capacities;

    /// <summary>How many capacities are smaller than a number of points: those at which a node that holds it is split.</summary>
    public static int Below(int points)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_capacities[middle] < points) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
