using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Points as CSV files: sources <c>x,y,z,q</c>, or <c>x,y,z,qx,qy,qz</c> where a charge is a vector, and targets <c>x,y,z</c>.</summary>
public static class PointFile
{
    private static readonly string[] _scalar = ["x", "y", "z", "q"];
    private static readonly string[] _vector = ["x", "y", "z", "qx", "qy", "qz"];

    /// <summary>Reads sources with a charge each.</summary>
    /// <param name="path">The file.</param>
    /// <param name="components">Numbers of a charge: 1, or 3.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InputException">The file is missing, holds no points, or a line of it is at fault.</exception>
    public static (Position[] Points, double[] Charges) ReadSources(string path, int components, CancellationToken cancellation)
    {
        GrowingRows<double> charges = new();
        Position[] points = Read(path, charges, cancellation, components == 1 ? _scalar : _vector);
        return (points, charges.ToArray());
    }

    /// <summary>Reads targets.</summary>
    /// <exception cref="InputException">The file is missing, holds no points, or a line of it is at fault.</exception>
    public static Position[] ReadTargets(string path, CancellationToken cancellation) => Read(path, null, cancellation, "x", "y", "z");

    private static Position[] Read(string path, GrowingRows<double>? charges, CancellationToken cancellation, params string[] columns)
    {
        GrowingRows<Position> points = new();
        try
        {
            using CsvReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), path, columns);
            Span<double> row = stackalloc double[columns.Length];
            while (reader.Read(row))
            {
                points.Add(new Position(row[0], row[1], row[2]));
                for (int c = 3; c < row.Length; c++) charges?.Add(row[c]);
                if (points.Count % 4096 == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: {Reason(path, fault)}", fault);
        }

        return points.Count > 0
            ? points.ToArray()
            : throw new InputException($"{path}: there are no points after the header; add a row {string.Join(',', columns)} for each");
    }

    private static string Reason(string path, Exception fault) => fault switch
    {
        _ when Directory.Exists(path) => "this is a folder; name a CSV file",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path",
        UnauthorizedAccessException => "reading is not permitted; check the file's permissions",
        _ => $"the file can't be read: {fault.Message}",
    };
}
