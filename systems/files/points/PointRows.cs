using System.IO.Compression;
using System.Runtime.InteropServices;
using Fmm.Components;

namespace Fmm.Files;

/// <summary>Points with one charge each, written from their beginning to their end in the shapes that they are read in.</summary>
internal static class PointRows
{
    /// <summary>The columns of a table.</summary>
    public static readonly string[] Columns = ["x", "y", "z", "q"];

    private const int SlabRows = 1 << 14;

    /// <summary>Writes them.</summary>
    /// <typeparam name="T">double or float: of the numbers in arrays. As text a number has the digits that its value needs.</typeparam>
    /// <param name="points">The points; targets are written where the form has room for them, which is NPZ.</param>
    /// <param name="format">CSV, NPY or NPZ.</param>
    /// <param name="convert">Rounds a number.</param>
    /// <param name="stream">Where.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static void Write<T>(PointSet points, DataFormat format, Func<double, T> convert, Stream stream, CancellationToken cancellation)
        where T : unmanaged, IConvertible
    {
        switch (format)
        {
            case DataFormat.Csv:
                WriteTable(points, convert, stream, cancellation);
                break;
            case DataFormat.Npy:
                WriteArray(stream, points.Sources, points.Charges, convert, cancellation);
                break;
            case DataFormat.Npz:
                using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
                {
                    using (Stream sources = Entry(archive, ArrayPoints.Sources)) WriteArray(sources, points.Sources, null, convert, cancellation);
                    using (Stream charges = Entry(archive, ArrayPoints.Densities)) WriteArray(charges, null, points.Charges, convert, cancellation);
                    if (points.Targets is null) break;
                    using Stream targets = Entry(archive, ArrayPoints.Targets);
                    WriteArray(targets, points.Targets, null, convert, cancellation);
                }

                break;
            default:
                throw new ArgumentException($"points as {format} are not written from their beginning to their end", nameof(format));
        }
    }

    private static void WriteTable<T>(PointSet points, Func<double, T> convert, Stream stream, CancellationToken cancellation)
        where T : unmanaged, IConvertible
    {
        using CsvWriter writer = new(stream, Columns);
        for (int i = 0; i < points.Sources.Length; i++)
        {
            if (i % SlabRows == 0) cancellation.ThrowIfCancellationRequested();
            Position at = points.Sources[i];
            foreach (double one in (ReadOnlySpan<double>)[at.X, at.Y, at.Z]) writer.Write(convert(one).ToDouble(null), last: false);
            writer.Write(convert(points.Charges[i]).ToDouble(null), last: true);
        }
    }

    private static Stream Entry(ZipArchive archive, string name) => archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();

    // Places, charges, or both in a row.
    private static void WriteArray<T>(Stream stream, Position[]? places, double[]? charges, Func<double, T> convert, CancellationToken cancellation)
        where T : unmanaged
    {
        int count = places?.Length ?? charges!.Length, columns = (places is null ? 0 : 3) + (charges is null ? 0 : 1);
        stream.Write(places is null ? NpyHeader.Of<T>(count) : NpyHeader.Of<T>(count, columns));
        T[] slab = new T[Math.Min(SlabRows, count) * columns];
        for (int first = 0; first < count; first += SlabRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(SlabRows, count - first), at = 0;
            for (int i = first; i < first + rows; i++)
            {
                if (places is not null)
                {
                    slab[at++] = convert(places[i].X);
                    slab[at++] = convert(places[i].Y);
                    slab[at++] = convert(places[i].Z);
                }

                if (charges is not null) slab[at++] = convert(charges[i]);
            }

            stream.Write(MemoryMarshal.AsBytes(slab.AsSpan(0, at)));
        }
    }
}
