using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// A field as legacy VTK, binary: points with a vertex each, so that ParaView draws them, and potential, gradient and what else there is as their data
/// (VTK File Formats, "Simple Legacy Formats", version 3.0; binary numbers are big-endian there).
/// </summary>
internal static class VtkField
{
    private const int Piece = 1 << 16;
    private const int LongestTitle = 255;

    /// <summary>Writes it.</summary>
    public static void Write(FieldData field, Stream stream, CancellationToken cancellation)
    {
        int count = field.Count;
        Text(stream, $"# vtk DataFile Version 3.0\n{Title(field)}\nBINARY\nDATASET POLYDATA\nPOINTS {count} double\n");
        Doubles(stream, MemoryMarshal.Cast<Position, double>(field.Targets.Span), cancellation);
        Text(stream, $"\nVERTICES {count} {2L * count}\n");
        Vertices(stream, count, cancellation);
        Text(stream, $"\nPOINT_DATA {count}");
        if (field.IsComplex)
        {
            for (int part = 0; part < 2; part++)
            {
                string name = part == 0 ? "re" : "im";
                Text(stream, $"\nSCALARS potential_{name} double 1\nLOOKUP_TABLE default\n");
                Doubles(stream, Part(field.Potentials.Span, part, 1), cancellation);
                if (field.Gradients.IsEmpty) continue;
                Text(stream, $"\nVECTORS gradient_{name} double\n");
                Doubles(stream, Part(field.Gradients.Span, part, 3), cancellation);
            }

            Text(stream, "\n");
            stream.Flush();
            return;
        }

        Text(stream, "\n" + (field.Components switch { 1 => "SCALARS potential double 1\nLOOKUP_TABLE default\n", 3 => "VECTORS potential double\n", _ => "TENSORS potential double\n" }));
        if (field.Components == 6) Matrices(stream, field.Potentials.Span, cancellation);
        else Doubles(stream, field.Potentials.Span, cancellation);
        if (!field.Gradients.IsEmpty)
        {
            Text(stream, field.Components == 1 ? "\nVECTORS gradient double\n" : "\nTENSORS gradient double\n");
            Doubles(stream, field.Gradients.Span, cancellation);
        }

        foreach (FieldPart part in field.Further)
        {
            Text(stream, $"\n{(part.IsMatrix ? "TENSORS" : "VECTORS")} {part.Name} double\n");
            if (part.IsMatrix) Matrices(stream, part.Values.Span, cancellation);
            else Doubles(stream, part.Values.Span, cancellation);
        }

        Text(stream, "\n");
        stream.Flush();
    }

    // One part of complex numbers, of which a target has so many.
    private static double[] Part(ReadOnlySpan<double> values, int part, int numbers)
    {
        double[] one = new double[values.Length / 2];
        for (int i = 0; i < one.Length; i++) one[i] = values[(((2 * (i / numbers)) + part) * numbers) + (i % numbers)];
        return one;
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

    private static void Doubles(Stream stream, ReadOnlySpan<double> values, CancellationToken cancellation)
    {
        ReadOnlySpan<long> bits = MemoryMarshal.Cast<double, long>(values);
        long[] turned = new long[Math.Min(Piece, bits.Length)];
        while (!bits.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = Math.Min(turned.Length, bits.Length);
            BinaryPrimitives.ReverseEndianness(bits[..length], turned);
            stream.Write(MemoryMarshal.AsBytes(turned.AsSpan(0, length)));
            bits = bits[length..];
        }
    }

    // All nine numbers of symmetric matrices: versions of the format before 5 have no others.
    private static void Matrices(Stream stream, ReadOnlySpan<double> values, CancellationToken cancellation)
    {
        double[] full = new double[9 * Math.Min(Piece, values.Length / 6)];
        for (int length; !values.IsEmpty; values = values[length..])
        {
            length = Math.Min(6 * Piece, values.Length);
            for (int i = 0, at = 0; i < length; i += 6, at += 9)
            {
                full[at] = values[i];
                full[at + 1] = full[at + 3] = values[i + 1];
                full[at + 2] = full[at + 6] = values[i + 2];
                full[at + 4] = values[i + 3];
                full[at + 5] = full[at + 7] = values[i + 4];
                full[at + 8] = values[i + 5];
            }

            Doubles(stream, full.AsSpan(0, length / 6 * 9), cancellation);
        }
    }

    // Each vertex is a cell of one point.
    private static void Vertices(Stream stream, int count, CancellationToken cancellation)
    {
        int[] cells = new int[2 * Math.Min(Piece, count)];
        for (int first = 0; first < count; first += Piece)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = Math.Min(Piece, count - first);
            for (int i = 0; i < length; i++)
            {
                cells[2 * i] = BinaryPrimitives.ReverseEndianness(1);
                cells[(2 * i) + 1] = BinaryPrimitives.ReverseEndianness(first + i);
            }

            stream.Write(MemoryMarshal.AsBytes(cells.AsSpan(0, 2 * length)));
        }
    }
}
