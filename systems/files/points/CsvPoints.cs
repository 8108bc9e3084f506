using Fmm.Components;

namespace Fmm.Files;

/// <summary>Points as CSV files: sources <c>x,y,z,q</c>, <c>x,y,z,qx,qy,qz</c> where a charge is a vector, <c>x,y,z,q_re,q_im</c> where it is complex, and targets <c>x,y,z</c>.</summary>
internal static class CsvPoints
{
    private const int RowsACheck = 1 << 20;
    private static readonly string[] _place = ["x", "y", "z"];

    /// <summary>Reads sources with a charge each.</summary>
    /// <param name="path">The file.</param>
    /// <param name="request">What is wanted; told every million rows how many there are.</param>
    /// <exception cref="DataFileException">The file is missing, holds no points, or a line of it is at fault.</exception>
    public static (Position[] Points, double[] Charges) ReadSources(string path, PointRequest request)
    {
        GrowingRows<double> charges = new();
        Position[] points = Read(path, charges, [.. _place, .. request.ChargeColumns], request);
        return (points, charges.ToArray());
    }

    /// <summary>Reads targets.</summary>
    /// <exception cref="DataFileException">The file is missing, holds no points, or a line of it is at fault.</exception>
    public static Position[] ReadTargets(string path, PointRequest request) => Read(path, null, _place, request);

    private static Position[] Read(string path, GrowingRows<double>? charges, string[] columns, PointRequest request)
    {
        GrowingRows<Position> points = new();
        string name = InputFile.Name(path);
        try
        {
            using CsvReader reader = new(InputFile.Open(path), name, columns);
            if (reader.IgnoredColumns.Count > 0) request.Note?.Invoke($"{name}: skipping {Quoted(reader.IgnoredColumns)}; read are {string.Join(',', columns)}");
            Span<double> row = stackalloc double[columns.Length];
            while (reader.Read(row))
            {
                points.Add(new Position(row[0], row[1], row[2]));
                for (int c = 3; c < row.Length; c++) charges?.Add(row[c]);
                if (points.Count % 4096 == 0)
                {
                    request.Cancellation.ThrowIfCancellationRequested();
                    if (points.Count % RowsACheck == 0) request.Rows?.Invoke(points.Count);
                }
            }
        }
        catch (Exception fault) when (InputFile.IsFault(fault))
        {
            throw InputFile.Refusal(path, fault);
        }

        return points.Count > 0
            ? points.ToArray()
            : throw new DataFileException(name, $"there are no points after the header; add a row {string.Join(',', columns)} for each");
    }

    private static string Quoted(IReadOnlyList<string> names)
    {
        const int Most = 5;
        string more = names.Count > Most ? $" and {names.Count - Most} more" : "";
        return $"the column{(names.Count > 1 ? "s" : "")} {string.Join(", ", names.Take(Most).Select(one => Quotation.Of(one)))}{more}";
    }
}
