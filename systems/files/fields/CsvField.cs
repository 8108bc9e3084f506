namespace Fmm.Files;

/// <summary>A field as CSV: a row a target.</summary>
internal static class CsvField
{
    private const int RowsACheck = 4096;

    /// <summary>Writes it.</summary>
    public static void Write(FieldData field, Stream stream, CancellationToken cancellation)
    {
        int components = field.Width, slopes = field.Gradients.IsEmpty ? 0 : 3 * components;
        ReadOnlySpan<double> potentials = field.Potentials.Span, gradients = field.Gradients.Span;
        IReadOnlyList<FieldPart> further = field.Further;
        using CsvWriter writer = new(stream, [.. Columns(field, slopes > 0), .. further.SelectMany(part => part.Columns)]);
        for (int i = 0; i < field.Count; i++)
        {
            if (i % RowsACheck == 0) cancellation.ThrowIfCancellationRequested();
            for (int c = 0; c < components; c++) writer.Write(potentials[(components * i) + c], last: slopes == 0 && further.Count == 0 && c == components - 1);
            for (int c = 0; c < slopes; c++)
            {
                int at = field.IsComplex ? (c / 6 * 6) + (3 * (c % 2)) + (c % 6 / 2) : c; // both parts of a derivative stand together
                writer.Write(gradients[(slopes * i) + at], last: further.Count == 0 && c == slopes - 1);
            }
            for (int part = 0; part < further.Count; part++) Write(writer, further[part], i, isLast: part == further.Count - 1);
        }
    }

    private static void Write(CsvWriter writer, FieldPart part, int row, bool isLast)
    {
        ReadOnlySpan<double> values = part.Values.Span.Slice(row * part.Width, part.Width);
        for (int c = 0; c < values.Length; c++) writer.Write(values[c], last: isLast && c == values.Length - 1);
    }

    // A vector's derivatives: the component, then the axis.
    private static IEnumerable<string> Columns(FieldData field, bool gradient)
    {
        (string[] potentials, string[] gradients) = Names(field);
        return [.. PointRequest.OfVectors(potentials, field.Vectors), .. gradient ? PointRequest.OfVectors(gradients, field.Vectors) : []];
    }

    private static (string[] Potentials, string[] Gradients) Names(FieldData field)
    {
        string[] potentials = field.IsComplex ? ["potential_re", "potential_im"] : field.Components switch { 1 => ["potential"], 6 => ["pxx", "pxy", "pxz", "pyy", "pyz", "pzz"], 9 => ["pxx", "pxy", "pxz", "pyx", "pyy", "pyz", "pzx", "pzy", "pzz"], _ => ["px", "py", "pz"] };
        string[] axes = ["x", "y", "z"];
        string[] gradients = field.IsComplex ? [.. axes.SelectMany(axis => new[] { $"g{axis}_re", $"g{axis}_im" })]
            : field.Components == 1 ? ["gx", "gy", "gz"]
            : [.. potentials.SelectMany(component => axes.Select(axis => component + axis))];
        return (potentials, gradients);
    }
}
