using Fmm.Components;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Points as CSV files: sources <c>x,y,z,q</c>, or <c>x,y,z,qx,qy,qz</c> where a charge is a vector, and targets <c>x,y,z</c>.</summary>
public static class PointFile
{
    private const int RowsACheck = 1 << 20;
    private static readonly string[] _scalar = ["x", "y", "z", "q"];
    private static readonly string[] _place = ["x", "y", "z"];
    private static readonly string[] _vector = ["x", "y", "z", "qx", "qy", "qz"];

    /// <summary>Reads sources with a charge each.</summary>
    /// <param name="path">The file.</param>
    /// <param name="components">Numbers of a charge: 1, or 3.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="note">Told in a line what of the file is skipped.</param>
    /// <param name="grown">Told every million rows how many there are, to refuse more.</param>
    /// <exception cref="InputException">The file is missing, holds no points, or a line of it is at fault.</exception>
    public static (Position[] Points, double[] Charges) ReadSources(string path, int components, CancellationToken cancellation, Action<string>? note = null, Action<int>? grown = null)
    {
        GrowingRows<double> charges = new();
        Position[] points = Read(path, charges, components == 1 ? _scalar : _vector, note, grown, cancellation);
        return (points, charges.ToArray());
    }

    /// <summary>Reads targets.</summary>
    /// <exception cref="InputException">The file is missing, holds no points, or a line of it is at fault.</exception>
    public static Position[] ReadTargets(string path, CancellationToken cancellation, Action<string>? note = null, Action<int>? grown = null) =>
        Read(path, null, _place, note, grown, cancellation);

    private static Position[] Read(string path, GrowingRows<double>? charges, string[] columns, Action<string>? note, Action<int>? grown, CancellationToken cancellation)
    {
        GrowingRows<Position> points = new();
        string name = InputFile.Name(path);
        try
        {
            using CsvReader reader = new(InputFile.Open(path), name, columns);
            if (reader.IgnoredColumns.Count > 0) note?.Invoke($"{name}: skipping {Quoted(reader.IgnoredColumns)}; read are {string.Join(',', columns)}");
            Span<double> row = stackalloc double[columns.Length];
            while (reader.Read(row))
            {
                points.Add(new Position(row[0], row[1], row[2]));
                for (int c = 3; c < row.Length; c++) charges?.Add(row[c]);
                if (points.Count % 4096 == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (points.Count % RowsACheck == 0) grown?.Invoke(points.Count);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(fault is OutputException ? fault.Message : $"{(name.Length == 0 ? "''" : name)}: {Reason(path, fault)}", fault);
        }

        return points.Count > 0
            ? points.ToArray()
            : throw new InputException($"{name}: there are no points after the header; add a row {string.Join(',', columns)} for each");
    }

    private static string Quoted(IReadOnlyList<string> names)
    {
        const int Most = 5;
        string more = names.Count > Most ? $" and {names.Count - Most} more" : "";
        return $"the column{(names.Count > 1 ? "s" : "")} {string.Join(", ", names.Take(Most).Select(one => InputException.Quote(one)))}{more}";
    }

    private static string Reason(string path, Exception fault) => fault switch
    {
        _ when path.Length == 0 => "the name is empty; name a file",
        _ when Directory.Exists(path) => "this is a folder; name a CSV file",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path",
        UnauthorizedAccessException => "reading is not permitted; check the file's permissions",
        _ => $"the file can't be read: {fault.Message}",
    };
}
