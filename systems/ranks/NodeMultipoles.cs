namespace Fmm.Systems;

/// <summary>Multipoles of nodes here and there, side by side in messages.</summary>
/// <typeparam name="T">Working precision.</typeparam>
internal static unsafe class NodeMultipoles<T>
    where T : unmanaged
{
    /// <summary>Copies the multipoles of nodes into a message.</summary>
    public static void Pack(LevelBlock<Components.Multipole, T> multipoles, ReadOnlySpan<NodePlace> nodes, int numbers, T* message)
    {
        foreach (NodePlace node in nodes)
        {
            new ReadOnlySpan<T>(multipoles.Row(node.Level, node.Row), numbers).CopyTo(new Span<T>(message, numbers));
            message += numbers;
        }
    }

    /// <summary>Copies multipoles out of a message.</summary>
    public static void Unpack(LevelBlock<Components.Multipole, T> multipoles, ReadOnlySpan<NodePlace> nodes, int numbers, T* message)
    {
        foreach (NodePlace node in nodes)
        {
            new ReadOnlySpan<T>(message, numbers).CopyTo(new Span<T>(multipoles.Row(node.Level, node.Row), numbers));
            message += numbers;
        }
    }
}
