namespace Fmm.Files;

/// <summary>A field as CSV: a row a target.</summary>
internal static class CsvField
{
    private const int RowsACheck = 4096;

    /// <summary>Writes it.</summary>
    public static void Write(FieldData field, Stream stream, CancellationToken cancellation)
    {
        int components = field.Components, slopes = field.Gradients.IsEmpty ? 0 : 3 * components;
        ReadOnlySpan<double> potentials = field.Potentials.Span, gradients = field.Gradients.Span;
        using CsvWriter writer = new(stream, Columns(components, slopes > 0));
        for (int i = 0; i < field.Count; i++)
        {
            if (i % RowsACheck == 0) cancellation.ThrowIfCancellationRequested();
            for (int c = 0; c < components; c++) writer.Write(potentials[(components * i) + c], last: slopes == 0 && c == components - 1);
            for (int c = 0; c < slopes; c++) writer.Write(gradients[(slopes * i) + c], last: c == slopes - 1);
        }
    }

    // A vector's derivatives: the component, then the axis.
    private static string[] Columns(int components, bool gradient)
    {
        string[] potentials = components == 1 ? ["potential"] : ["px", "py", "pz"];
        string[] axes = ["x", "y", "z"];
        return !gradient ? potentials
            : components == 1 ? [.. potentials, "gx", "gy", "gz"]
            : [.. potentials, .. potentials.SelectMany(component => axes.Select(axis => component + axis))];
    }
}
