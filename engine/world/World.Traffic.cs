namespace Fmm.Engine;

public sealed partial class World
{
    /// <summary>
    /// Bytes of all columns that a declaration names, each counted once: what a system has to move if nothing that it touches lies in a cache
    /// yet, and nothing is fetched twice. Resources are not in it.
    /// </summary>
    internal long ColumnBytes(Access access)
    {
        long bytes = 0;
        foreach (Archetype archetype in _archetypes)
        {
            foreach (Column column in archetype.Columns)
                if (access.Allows(column.Info, AccessKind.Read | AccessKind.Gather | AccessKind.Write | AccessKind.Create)) bytes += archetype.Count * column.RowBytes;
        }
        return bytes;
    }
}
