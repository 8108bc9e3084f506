using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>A field as arrays of NumPy.</summary>
internal static class NpyField
{
    private const int SlabRows = 1 << 14;

    /// <summary>Writes one array: potentials, or potential and gradient in a row as PyExaFMM has them; further parts behind them.</summary>
    public static void Write(FieldData field, Stream stream, CancellationToken cancellation)
    {
        List<FieldArray> arrays = [FieldArray.Potential];
        if (field.Has(FieldArray.Gradient)) arrays.Add(FieldArray.Gradient);
        arrays.AddRange(field.Further.Select(part => part.Array));
        if (arrays.Count == 1)
        {
            Write(field, FieldArray.Potential, stream, field.PotentialShape, cancellation);
            return;
        }

        int columns = arrays.Sum(field.WidthOf);
        stream.Write(NpyHeader.Of<double>(field.Rows, columns));
        double[] slab = new double[Math.Min(SlabRows, field.Rows) * columns];
        foreach ((long first, int rows) in field.Pieces(SlabRows, cancellation))
        {
            int at = 0;
            foreach (FieldArray array in arrays)
            {
                int width = field.WidthOf(array);
                ReadOnlySpan<double> values = field.Read(array, first, rows);
                for (int i = 0; i < rows; i++) values.Slice(i * width, width).CopyTo(slab.AsSpan((i * columns) + at));
                at += width;
            }

            stream.Write(MemoryMarshal.AsBytes(slab.AsSpan(0, rows * columns)));
        }
    }

    /// <summary>Writes an archive: potential, gradient, further parts, and targets where they are given.</summary>
    public static void WriteArchive(FieldData field, Stream stream, CancellationToken cancellation)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "potential", field, FieldArray.Potential, field.PotentialShape, cancellation);
        if (field.Has(FieldArray.Gradient)) Add(archive, "gradient", field, FieldArray.Gradient, field.GradientShape, cancellation);
        foreach (FieldPart part in field.Further) Add(archive, part.Name, field, part.Array, [field.Rows, part.Width], cancellation);
        if (field.Has(FieldArray.Target)) Add(archive, ArrayPoints.Targets, field, FieldArray.Target, [field.Rows, 3], cancellation);
    }

    private static void Add(ZipArchive archive, string name, FieldData field, FieldArray array, long[] shape, CancellationToken cancellation)
    {
        using Stream entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
        Write(field, array, entry, shape, cancellation);
    }

    private static void Write(FieldData field, FieldArray array, Stream stream, long[] shape, CancellationToken cancellation)
    {
        const int Slab = 1 << 20;
        stream.Write(NpyHeader.Of<double>(shape));
        foreach ((long first, int rows) in field.Pieces(Math.Max(1, Slab / field.WidthOf(array)), cancellation)) stream.Write(MemoryMarshal.AsBytes(field.Read(array, first, rows)));
    }
}
