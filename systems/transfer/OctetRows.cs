namespace Fmm.Systems;

/// <summary>An octet's eight rows of surface points, and the same numbers with the eight children of a point side by side.</summary>
internal static unsafe class OctetRows
{
    /// <summary>One component of eight rows to lanes.</summary>
    /// <param name="rows">The component's first point in the first row.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="count">Points.</param>
    /// <param name="points">Receives eight numbers a point.</param>
    public static void ToLanes<T>(T* rows, int stride, int count, T* points)
        where T : unmanaged
    {
        for (int i = 0; i < count; i++, points += 8)
        {
            for (int child = 0; child < 8; child++) points[child] = rows[(child * stride) + i];
        }
    }

    /// <summary>Lanes, component by component, to eight rows in the same place.</summary>
    /// <param name="octet">The octet's numbers.</param>
    /// <param name="components">Components.</param>
    /// <param name="count">Points.</param>
    /// <param name="scratch">Room for the octet's numbers.</param>
    public static void FromLanes<T>(T* octet, int components, int count, T* scratch)
        where T : unmanaged
    {
        int length = components * count;
        for (int child = 0; child < 8; child++)
        {
            for (int i = 0; i < length; i++) scratch[(child * length) + i] = octet[(8 * i) + child];
        }
        new Span<T>(scratch, 8 * length).CopyTo(new Span<T>(octet, 8 * length));
    }
}
