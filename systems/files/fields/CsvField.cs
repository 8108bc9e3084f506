namespace Fmm.Files;

/// <summary>A field as CSV: a row a target.</summary>
internal static class CsvField
{
    private const int PieceRows = 1 << 14;

    /// <summary>Writes it.</summary>
    public static void Write(FieldData field, Stream stream, CancellationToken cancellation)
    {
        int components = field.Width, slopes = !field.Has(FieldArray.Gradient) ? 0 : 3 * components;
        IReadOnlyList<FieldPart> further = field.Further;
        using CsvWriter writer = new(stream, [.. Columns(field, slopes > 0), .. further.SelectMany(part => part.Columns)]);
        foreach ((long first, int count) in field.Pieces(PieceRows, cancellation))
        {
            ReadOnlySpan<double> potentials = field.Read(FieldArray.Potential, first, count), gradients = slopes == 0 ? default : field.Read(FieldArray.Gradient, first, count);
            ReadOnlySpan<double> forces = !field.Has(FieldArray.Force) ? default : field.Read(FieldArray.Force, first, count), hessians = !field.Has(FieldArray.Hessian) ? default : field.Read(FieldArray.Hessian, first, count);
            for (int i = 0; i < count; i++)
            {
                for (int c = 0; c < components; c++) writer.Write(potentials[(components * i) + c], last: slopes == 0 && further.Count == 0 && c == components - 1);
                for (int c = 0; c < slopes; c++)
                {
                    int at = field.IsComplex ? (c / 6 * 6) + (3 * (c % 2)) + (c % 6 / 2) : c; // both parts of a derivative stand together
                    writer.Write(gradients[(slopes * i) + at], last: further.Count == 0 && c == slopes - 1);
                }

                Write(writer, forces, 3, i, isLast: hessians.IsEmpty);
                Write(writer, hessians, 6, i, isLast: true);
            }
        }
    }

    private static void Write(CsvWriter writer, ReadOnlySpan<double> values, int width, int row, bool isLast)
    {
        if (values.IsEmpty) return;
        for (int c = 0; c < width; c++) writer.Write(values[(row * width) + c], last: isLast && c == width - 1);
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
