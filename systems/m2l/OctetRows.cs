using System.Numerics;

namespace Fmm.Systems;

/// <summary>An octet's eight stored rows, and the same numbers as points of the surface with the eight children of a point side by side.</summary>
internal static unsafe class OctetRows
{
    /// <summary>Eight rows to lanes, component by component.</summary>
    /// <param name="sorting">How the rows are sorted.</param>
    /// <param name="rows">The first row.</param>
    /// <param name="surface">Points of the surface.</param>
    /// <param name="scratch">Room for the octet's numbers.</param>
    /// <param name="points">Receives eight numbers a point.</param>
    public static void ToLanes<T>(ParityPoints sorting, T* rows, int surface, T* scratch, T* points)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = sorting.Components * surface;
        for (int child = 0; child < 8; child++) ParityRows<T>.Unsort(sorting, child, rows + (child * length), surface, scratch + (child * length));
        for (int i = 0; i < length; i++, points += 8) for (int child = 0; child < 8; child++) points[child] = scratch[(child * length) + i];
    }

    /// <summary>Lanes, component by component, to eight rows in the same place.</summary>
    /// <param name="sorting">How the rows are sorted.</param>
    /// <param name="octet">The octet's numbers.</param>
    /// <param name="surface">Points of the surface.</param>
    /// <param name="scratch">Room for the octet's numbers.</param>
    public static void FromLanes<T>(ParityPoints sorting, T* octet, int surface, T* scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = sorting.Components * surface;
        for (int child = 0; child < 8; child++) for (int i = 0; i < length; i++) scratch[(child * length) + i] = octet[(8 * i) + child];
        for (int child = 0; child < 8; child++) ParityRows<T>.Sort(sorting, child, scratch + (child * length), surface, octet + (child * length));
    }
}
