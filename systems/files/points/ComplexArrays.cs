using System.Numerics;
using System.Runtime.InteropServices;
using Fmm.Components;

namespace Fmm.Files;

/// <summary>Arrays of complex numbers as charges of two numbers, real part and imaginary part.</summary>
internal static class ComplexArrays
{
    /// <summary>Elements of an array that are one charge: half as many where they are complex.</summary>
    /// <exception cref="DataFileException">They are complex, and the charges that are asked for are not.</exception>
    public static int Numbers(IPointArrays file, string name, PointRequest request)
    {
        if (!file.IsComplex(name)) return request.Components;
        if (request.Components == 2 * request.Vectors) return request.Vectors;
        throw ArrayPoints.Refuse(
            file, name, "its elements are complex, and this kernel's charges are real: write one part of them, such as numpy.real, or take a kernel of complex charges, such as helmholtz", glue: ": ");
    }

    /// <summary>Reads charges.</summary>
    public static void Read(IPointArrays file, string name, long from, Span<double> charges, PointRequest request)
    {
        Span<Complex> all = MemoryMarshal.Cast<double, Complex>(charges);
        int columns = request.Vectors;
        foreach ((int first, int count) in ArrayPoints.Slabs(file, name, all.Length / columns, request))
        {
            Span<Complex> part = all.Slice(first * columns, count * columns);
            file.ReadRows(name, from + first, part);
            CheckFinite(file, name, from + first, part, columns);
        }
    }

    /// <summary>Reads places and charges that stand in one array, and so are complex both: x, y and z must be real all the same.</summary>
    public static void ReadMixed(IPointArrays file, string name, long from, Position[] points, double[] charges, PointRequest request)
    {
        int columns = 3 + request.Vectors;
        Complex[] rows = new Complex[Math.Min(file.RowsOfASlab(name), points.Length) * columns];
        foreach ((int first, int count) in ArrayPoints.Slabs(file, name, points.Length, request))
        {
            Span<Complex> part = rows.AsSpan(0, count * columns);
            file.ReadRows(name, from + first, part);
            CheckFinite(file, name, from + first, part, columns);
            for (int i = 0; i < count; i++)
            {
                Span<Complex> row = part.Slice(i * columns, columns);
                for (int axis = 0; axis < 3; axis++)
                    if (row[axis].Imaginary != 0) throw ArrayPoints.Refuse(file, name, $"[{from + first + i}, {axis}] has the imaginary part {row[axis].Imaginary}; coordinates are real", glue: "");
                points[first + i] = new Position(row[0].Real, row[1].Real, row[2].Real);
                MemoryMarshal.Cast<Complex, double>(row[3..]).CopyTo(charges.AsSpan((first + i) * request.Components));
            }
        }
    }

    private static void CheckFinite(IPointArrays file, string name, long first, ReadOnlySpan<Complex> rows, int columns)
    {
        for (int i = 0; i < rows.Length; i++)
            if (!Complex.IsFinite(rows[i])) throw ArrayPoints.Refuse(file, name, $"[{first + (i / columns)}{(columns > 1 ? $", {i % columns}" : "")}] is {rows[i].Real} + {rows[i].Imaginary}i; coordinates and charges must be finite", glue: "");
    }
}
