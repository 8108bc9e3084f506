using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// A field as legacy VTK, binary: points with a vertex each, so that ParaView draws them, and potential, gradient and what else there is as their data
/// (VTK File Formats, "Simple Legacy Formats", version 3.0; binary numbers are big-endian there).
/// </summary>
internal static class VtkField
{
    private const int Piece = 1 << 14;
    private const int LongestTitle = 255;

    /// <summary>Writes it.</summary>
    public static void Write(FieldData field, Stream stream, CancellationToken cancellation)
    {
        long count = field.Rows;
        Text(stream, $"# vtk DataFile Version 3.0\n{Title(field)}\nBINARY\nDATASET POLYDATA\nPOINTS {count} double\n");
        Numbers(field, FieldArray.Target, stream, cancellation);
        Text(stream, $"\nVERTICES {count} {2 * count}\n");
        Vertices(field, stream, cancellation);
        Text(stream, $"\nPOINT_DATA {count}");
        if (field.IsComplex)
        {
            for (int part = 0; part < 2; part++)
            {
                string name = part == 0 ? "re" : "im";
                Text(stream, $"\nSCALARS potential_{name} double 1\nLOOKUP_TABLE default\n");
                Parts(field, FieldArray.Potential, part, 1, stream, cancellation);
                if (!field.Has(FieldArray.Gradient)) continue;
                Text(stream, $"\nVECTORS gradient_{name} double\n");
                Parts(field, FieldArray.Gradient, part, 3, stream, cancellation);
            }

            Text(stream, "\n");
            stream.Flush();
            return;
        }

        Text(stream, "\n" + (field.Components switch { 1 => "SCALARS potential double 1\nLOOKUP_TABLE default\n", 3 => "VECTORS potential double\n", _ => "TENSORS potential double\n" }));
        if (field.Components == 6) Matrices(field, FieldArray.Potential, stream, cancellation);
        else Numbers(field, FieldArray.Potential, stream, cancellation);
        if (field.Has(FieldArray.Gradient))
        {
            Text(stream, field.Components == 1 ? "\nVECTORS gradient double\n" : "\nTENSORS gradient double\n");
            Numbers(field, FieldArray.Gradient, stream, cancellation);
        }

        foreach (FieldPart part in field.Further)
        {
            Text(stream, $"\n{(part.IsMatrix ? "TENSORS" : "VECTORS")} {part.Name} double\n");
            if (part.IsMatrix) Matrices(field, part.Array, stream, cancellation);
            else Numbers(field, part.Array, stream, cancellation);
        }

        Text(stream, "\n");
        stream.Flush();
    }

    private static void Numbers(FieldData field, FieldArray array, Stream stream, CancellationToken cancellation)
    {
        long[] turned = new long[Piece * field.WidthOf(array)];
        foreach ((long first, int count) in field.Pieces(Piece, cancellation)) Turned(stream, field.Read(array, first, count), turned);
    }

    // One part of complex numbers, of which a target has so many.
    private static void Parts(FieldData field, FieldArray array, int part, int numbers, Stream stream, CancellationToken cancellation)
    {
        double[] one = new double[Piece * numbers];
        long[] turned = new long[one.Length];
        foreach ((long first, int count) in field.Pieces(Piece, cancellation))
        {
            ReadOnlySpan<double> values = field.Read(array, first, count);
            for (int i = 0; i < count * numbers; i++) one[i] = values[(((2 * (i / numbers)) + part) * numbers) + (i % numbers)];
            Turned(stream, one.AsSpan(0, count * numbers), turned);
        }
    }

    private static string Title(FieldData field)
    {
        string title = field.Report is FmmReport report
            ? $"Fmm Engine: {report.Kernel} {report.Parameters}, order {report.Order}, {(report.Precision == Precision.Single ? "single" : "double")} precision".Replace(" ,", ",", StringComparison.Ordinal)
            : "Fmm Engine";
        title = title.ReplaceLineEndings(" ");
        return title.Length > LongestTitle ? title[..LongestTitle] : title;
    }

    private static void Text(Stream stream, string text) => stream.Write(Encoding.ASCII.GetBytes(text));

    private static void Turned(Stream stream, ReadOnlySpan<double> values, Span<long> turned)
    {
        turned = turned[..values.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<double, long>(values), turned);
        stream.Write(MemoryMarshal.AsBytes(turned));
    }

    // All nine numbers of symmetric matrices: versions of the format before 5 have no others.
    private static void Matrices(FieldData field, FieldArray array, Stream stream, CancellationToken cancellation)
    {
        double[] full = new double[9 * Piece];
        long[] turned = new long[full.Length];
        foreach ((long first, int count) in field.Pieces(Piece, cancellation))
        {
            ReadOnlySpan<double> values = field.Read(array, first, count);
            for (int i = 0, at = 0; i < values.Length; i += 6, at += 9)
            {
                full[at] = values[i];
                full[at + 1] = full[at + 3] = values[i + 1];
                full[at + 2] = full[at + 6] = values[i + 2];
                full[at + 4] = values[i + 3];
                full[at + 5] = full[at + 7] = values[i + 4];
                full[at + 8] = values[i + 5];
            }

            Turned(stream, full.AsSpan(0, 9 * count), turned);
        }
    }

    // Each vertex is a cell of one point.
    private static void Vertices(FieldData field, Stream stream, CancellationToken cancellation)
    {
        int[] cells = new int[2 * Piece];
        foreach ((long first, int length) in field.Pieces(Piece, cancellation))
        {
            for (int i = 0; i < length; i++)
            {
                cells[2 * i] = BinaryPrimitives.ReverseEndianness(1);
                cells[(2 * i) + 1] = BinaryPrimitives.ReverseEndianness((int)first + i); // the format's numbers of points have 32 bits
            }

            stream.Write(MemoryMarshal.AsBytes(cells.AsSpan(0, 2 * length)));
        }
    }
}
