using System.Runtime.InteropServices;

namespace Fmm.Library;

/// <summary>The elements of a caller's array as contiguous doubles: where they lie, if they lie so, or a copy for the time of a call.</summary>
internal readonly unsafe ref struct Numbers
{
    private readonly double* _copy;

    /// <summary>Takes an array.</summary>
    public Numbers(ArrayView array)
    {
        int count = (int)array.Count;
        double* plain = array.Plain;
        if (plain is null && count > 0)
        {
            plain = _copy = (double*)NativeMemory.Alloc((nuint)count, sizeof(double));
            array.Read(new Span<double>(_copy, count));
        }

        Span = new ReadOnlySpan<double>(plain, count);
    }

    /// <summary>The elements.</summary>
    public ReadOnlySpan<double> Span { get; }

    /// <summary>The coordinates of points, (N, 3).</summary>
    public static Numbers OfPoints(NativeArray* points, string name)
    {
        ArrayView.Require(points, name);
        if (points->Dimensions != 2 || points->Shape[1] != 3)
            throw RefusedException.Argument($"{name} are rows of three coordinates: give an array of shape (N, 3){(points->Dimensions == 2 && points->Shape[0] == 3 ? ", or one of shape (3, N) with its axes exchanged" : "")}.");
        return new Numbers(ArrayView.Of(points, name, [1, points->Shape[0], 3, 1]));
    }

    /// <summary>Gives the copy back.</summary>
    public void Dispose() => NativeMemory.Free(_copy);
}
