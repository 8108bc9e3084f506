using System.Runtime.InteropServices;
using Fmm.Components;

namespace Fmm.Files;

/// <summary>Points of a file of arrays, by the names that PyExaFMM gives them, read straight into the arrays that are evaluated.</summary>
internal static class ArrayPoints
{
    /// <summary>The group that PyExaFMM keeps points in, and the names there.</summary>
    public const string Group = "particle_data", Sources = "sources", Targets = "targets", Densities = "source_densities";

    /// <summary>Reads sources, their charges, and targets where there are some.</summary>
    public static PointSet Read(IPointArrays file, string? inner, PointRequest request)
    {
        string sources = Find(file, inner, Sources), group = sources.LastIndexOf('/') is >= 0 and int slash ? sources[..(slash + 1)] : "";
        (long all, long columns) = Extent(file, sources);
        int numbers = ComplexArrays.Numbers(file, sources, request);
        if (columns != 3 && columns != 3 + numbers)
            throw Refuse(file, sources, $"has the shape ({all}, {columns}); sources are (N, 3), or (N, {3 + numbers}) with their charges");

        (long from, long count) = OwnRows(file, sources, all, request);
        Position[] points = new Position[count];
        double[] charges = new double[checked(count * request.Components)];
        if (columns == 3)
        {
            Read(file, sources, from, MemoryMarshal.Cast<Position, double>(points.AsSpan()), 3, request);
            ReadCharges(file, group + Densities, sources, all, charges, request);
        }
        else if (file.IsComplex(sources))
        {
            ComplexArrays.ReadMixed(file, sources, from, points, charges, request);
        }
        else
        {
            ReadMixed(file, sources, from, points, charges, request);
        }

        string targets = group + Targets;
        if (!request.WithTargets || targets == sources || !file.Contains(targets)) return new PointSet(points, charges, null);
        Position[] places = Places(file, targets, request with { Rows = null });
        // Of some rows alone nobody can tell whether all are the same.
        if (request.Share.Parts > 1) return new PointSet(points, charges, places);
        if (places.AsSpan().SequenceEqual(points)) return new PointSet(points, charges, null); // PyExaFMM writes both, be they the same.
        request.Note?.Invoke(NoteOf(file.Name, targets, sources));
        return new PointSet(points, charges, places);
    }

    /// <summary>What is told of a file that has targets of its own.</summary>
    public static string NoteOf(string file, string targets = Targets, string sources = Sources) => $"{file}: the field is computed at its {targets}; for that at the sources say --targets {file}:{sources}";

    /// <summary>Reads places.</summary>
    public static Position[] ReadTargets(IPointArrays file, string? inner, PointRequest request) => Places(file, Find(file, inner, Targets), request);

    private static string Find(IPointArrays file, string? inner, string wanted)
    {
        string at = (inner ?? "").Trim('/');
        if (at.Length > 0 && file.Contains(at)) return at;
        string[] places = at.Length > 0 ? [$"{at}/{wanted}"] : inner is null ? [$"{Group}/{wanted}", wanted] : [wanted];
        if (Array.Find(places, file.Contains) is string found) return found;
        string there = file.Names.Count == 0 ? "there is no array in it" : $"there are {string.Join(", ", file.Names.Take(20))}{(file.Names.Count > 20 ? ", and more" : "")}";
        throw new DataFileException(file.Name, $"there is no {string.Join(" and no ", places)}{(at.Length > 0 ? $", and {at} is no array" : "")}; {there}: name one by {file.Name}:PATH");
    }

    private static Position[] Places(IPointArrays file, string name, PointRequest request)
    {
        (long all, long columns) = Extent(file, name);
        if (columns != 3) throw Refuse(file, name, $"has the shape ({all}, {columns}); places are (N, 3)");
        (long from, long count) = OwnRows(file, name, all, request);
        Position[] points = new Position[count];
        Read(file, name, from, MemoryMarshal.Cast<Position, double>(points.AsSpan()), 3, request);
        return points;
    }

    private static (long Count, long Columns) Extent(IPointArrays file, string name)
    {
        IReadOnlyList<long> shape = file.Shape(name);
        if (shape.Count != 2) throw Refuse(file, name, $"has the shape ({string.Join(", ", shape)}); points are a table of rows, (N, 3)");
        if (shape[0] == 0) throw Refuse(file, name, "has no points; write one at least");
        return (shape[0], shape[1]);
    }

    private static (long From, long Count) OwnRows(IPointArrays file, string name, long all, PointRequest request)
    {
        (long from, long count) = request.Share.Of(all);
        if (count > Array.MaxLength / 3) throw Refuse(file, name, $"has {all} points; at most {Array.MaxLength / 3} are taken{(request.Share.Parts > 1 ? " on each rank" : "")}");
        request.Rows?.Invoke(count);
        return (from, count);
    }

    /// <summary>Reads the charges of sources that are read already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The array of charges.</param>
    /// <param name="sources">What messages call the sources.</param>
    /// <param name="count">All sources, of which the share is read.</param>
    /// <param name="charges">Receives the charges of the share.</param>
    /// <param name="request">What is wanted.</param>
    internal static void ReadCharges(IPointArrays file, string name, string sources, long count, double[] charges, PointRequest request)
    {
        if (!file.Contains(name))
        {
            throw new DataFileException(
                file.Name, $"there are no charges: {name} is missing beside {sources}; there are {string.Join(", ", file.Names.Take(20))}; write charges of that name, as (N,) or (N, {request.Components})");
        }

        int numbers = ComplexArrays.Numbers(file, name, request);
        IReadOnlyList<long> shape = file.Shape(name);
        bool fits = shape.Count > 0 && shape[0] == count && shape.Skip(1).Aggregate(1L, (product, one) => product * one) == numbers && shape.Count <= (request.Vectors > 1 ? 3 : 2);
        if (!fits)
        {
            string wanted = numbers == 1 ? $"({count},) or ({count}, 1)" : $"({count}, {numbers})";
            throw Refuse(file, name, $"has the shape ({string.Join(", ", shape)}); the charges of {sources} are {wanted}");
        }

        long from = request.Share.Of(count).First;
        if (file.IsComplex(name)) ComplexArrays.Read(file, name, from, charges, request);
        else Read(file, name, from, charges, request.Components, request);
    }

    private static void Read(IPointArrays file, string name, long from, Span<double> all, int columns, PointRequest request)
    {
        foreach ((int first, int count) in Slabs(file, name, all.Length / columns, request))
        {
            Span<double> part = all.Slice(first * columns, count * columns);
            file.ReadRows(name, from + first, part);
            CheckFinite(file, name, from + first, part, columns);
        }
    }

    private static void ReadMixed(IPointArrays file, string name, long from, Position[] points, double[] charges, PointRequest request)
    {
        int components = request.Components, columns = 3 + components;
        double[] rows = new double[Math.Min(file.RowsOfASlab(name), points.Length) * columns];
        foreach ((int first, int count) in Slabs(file, name, points.Length, request))
        {
            Span<double> part = rows.AsSpan(0, count * columns);
            file.ReadRows(name, from + first, part);
            CheckFinite(file, name, from + first, part, columns);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> row = part.Slice(i * columns, columns);
                points[first + i] = new Position(row[0], row[1], row[2]);
                row[3..].CopyTo(charges.AsSpan((first + i) * components));
            }
        }
    }

    /// <summary>The rows of an array, slab by slab, until it is cancelled.</summary>
    internal static IEnumerable<(int First, int Count)> Slabs(IPointArrays file, string name, int rows, PointRequest request)
    {
        long slab = file.RowsOfASlab(name);
        for (long first = 0; first < rows; first += slab)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            yield return ((int)first, (int)Math.Min(slab, rows - first));
        }
    }

    /// <summary>Refuses what is not finite, naming its place as NumPy would.</summary>
    internal static void CheckFinite(IPointArrays file, string name, long first, ReadOnlySpan<double> rows, int columns)
    {
        // A sum of products with zero is 0 as long as all are finite, and it takes no branch.
        double sum = 0;
        foreach (double one in rows) sum += one * 0;
        if (sum == 0) return;
        int at = 0;
        while (double.IsFinite(rows[at])) at++;
        throw Refuse(file, name, $"[{first + (at / columns)}{(columns > 1 ? $", {at % columns}" : "")}] is {rows[at]}; coordinates and charges must be finite", glue: "");
    }

    internal static DataFileException Refuse(IPointArrays file, string name, string what, string glue = " ") => new(file.Name, $"{name}{glue}{what}");
}
