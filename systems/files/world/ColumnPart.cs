using Fmm.Engine;

namespace Fmm.Files;

/// <summary>A dataset of a column: all its fields where they are of one type in a file, or one of them.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Fields">The fields, in the order of a row's numbers.</param>
/// <param name="Items">Values of the component in the column.</param>
/// <param name="Stride">Values a row.</param>
/// <param name="Bytes">Bytes of a value in memory.</param>
internal sealed record ColumnPart(string Path, IReadOnlyList<ComponentField> Fields, long Items, int Stride, int Bytes)
{
    /// <summary>What it is in the file: double, float, long or int.</summary>
    public Type Stored => Fields[0].Stored;

    /// <summary>Numbers of a value.</summary>
    public int Width { get; } = Fields.Sum(field => field.Width);

    /// <summary>(rows), or (rows, numbers of a row).</summary>
    public long[] Shape => Stride * Width == 1 ? [Items] : [Items / Stride, Stride * (long)Width];

    /// <summary>Whether the column's memory is the dataset's.</summary>
    public bool IsPacked
    {
        get
        {
            int size = Stored == typeof(double) || Stored == typeof(long) ? sizeof(double) : sizeof(float);
            for (int i = 0; i < Fields.Count; i++) if (!Fields[i].IsSame || Fields[i].Offset != i * size) return false;
            return Bytes == Fields.Count * size;
        }
    }

    /// <summary>The datasets of a column; none where it has no numbers.</summary>
    /// <param name="path">Path of the column.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="info">The component.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Values a row.</param>
    public static IReadOnlyList<ColumnPart> Of(string path, IReadOnlyList<ComponentField> fields, ComponentInfo info, int rows, int stride)
    {
        long items = rows * (long)stride;
        if (items == 0 || fields.Count == 0) return [];
        return fields.All(field => field.Stored == fields[0].Stored)
            ? [new ColumnPart(path, fields, items, stride, info.Bytes)]
            : [.. fields.Select(field => new ColumnPart($"{path}/{field.Name}", [field], items, stride, info.Bytes))];
    }
}
