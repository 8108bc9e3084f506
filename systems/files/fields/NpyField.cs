using System.IO.Compression;
using System.Runtime.InteropServices;
using Fmm.Components;

namespace Fmm.Files;

/// <summary>A field as arrays of NumPy.</summary>
internal static class NpyField
{
    private const int SlabRows = 1 << 14;

    /// <summary>Writes one array: potentials, or potential and gradient in a row as PyExaFMM has them; further parts behind them.</summary>
    public static void Write(FieldData field, Stream stream, CancellationToken cancellation)
    {
        int components = field.Width, slopes = field.Gradients.IsEmpty ? 0 : 3 * components, columns = components + slopes;
        IReadOnlyList<FieldPart> further = field.Further;
        foreach (FieldPart part in further) columns += part.Width;
        if (columns == components)
        {
            Write(stream, field.Potentials.Span, field.PotentialShape, cancellation);
            return;
        }

        stream.Write(NpyHeader.Of<double>(field.Count, columns));
        ReadOnlySpan<double> potentials = field.Potentials.Span, gradients = field.Gradients.Span;
        double[] slab = new double[Math.Min(SlabRows, field.Count) * columns];
        for (int first = 0; first < field.Count; first += SlabRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(SlabRows, field.Count - first);
            for (int i = 0; i < rows; i++)
            {
                Span<double> row = slab.AsSpan(i * columns, columns);
                potentials.Slice((first + i) * components, components).CopyTo(row);
                gradients.Slice((first + i) * slopes, slopes).CopyTo(row[components..]);
                int at = components + slopes;
                foreach (FieldPart part in further)
                {
                    part.Values.Span.Slice((first + i) * part.Width, part.Width).CopyTo(row[at..]);
                    at += part.Width;
                }
            }

            stream.Write(MemoryMarshal.AsBytes(slab.AsSpan(0, rows * columns)));
        }
    }

    /// <summary>Writes an archive: potential, gradient, further parts, and targets where they are given.</summary>
    public static void WriteArchive(FieldData field, Stream stream, CancellationToken cancellation)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "potential", field.Potentials.Span, field.PotentialShape, cancellation);
        if (!field.Gradients.IsEmpty) Add(archive, "gradient", field.Gradients.Span, field.GradientShape, cancellation);
        foreach (FieldPart part in field.Further) Add(archive, part.Name, part.Values.Span, [field.Count, part.Width], cancellation);
        if (!field.Targets.IsEmpty) Add(archive, ArrayPoints.Targets, MemoryMarshal.Cast<Position, double>(field.Targets.Span), [field.Count, 3], cancellation);
    }

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<double> values, long[] shape, CancellationToken cancellation)
    {
        using Stream entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
        Write(entry, values, shape, cancellation);
    }

    private static void Write(Stream stream, ReadOnlySpan<double> values, long[] shape, CancellationToken cancellation)
    {
        const int Slab = 1 << 20;
        stream.Write(NpyHeader.Of<double>(shape));
        for (; !values.IsEmpty; values = values[Math.Min(Slab, values.Length)..])
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(Slab, values.Length)]));
        }
    }
}
