namespace Fmm.Engine;

/// <content>Memory for rows: of all columns or of none.</content>
public sealed unsafe partial class Archetype
{
    /// <summary>Takes the memory for so many rows in every column; where it is wanting, nothing has changed.</summary>
    internal void Prepare(int rows, bool keep)
    {
        try
        {
            foreach (Column column in _columns) column.Prepare(rows, keep);
            if (!IsEnBloc) _entities.Prepare(rows, keep);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>The same for rows of other strides, which replace these.</summary>
    internal void Prepare(int rows, ReadOnlySpan<int> strides)
    {
        try
        {
            for (int i = 0; i < _columns.Length; i++) _columns[i].Prepare(rows, strides[i], keep: false);
            if (!IsEnBloc) _entities.Prepare(rows, keep: false);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>Gives back what was prepared.</summary>
    internal void Abandon()
    {
        foreach (Column column in _columns) column.Abandon();
        _entities.Abandon();
    }

    /// <summary>Whether a span stands in memory that moves when rows are made.</summary>
    internal bool Holds<T>(ReadOnlySpan<T> span)
        where T : unmanaged
    {
        fixed (T* first = span)
        {
            bool holds = (byte*)first >= (byte*)_entities.Pointer && first < _entities.Pointer + _entities.Length;
            foreach (Column column in _columns) holds |= (byte*)first >= column.Pointer && (byte*)first < column.Pointer + column.UsedBytes;
            return holds;
        }
    }
}
