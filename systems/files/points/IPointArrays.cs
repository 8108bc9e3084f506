using System.Numerics;

namespace Fmm.Files;

/// <summary>A file of arrays with names.</summary>
internal interface IPointArrays : IDisposable
{
    /// <summary>The file's name.</summary>
    string Name { get; }

    /// <summary>The names of all arrays, sorted.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>True where there is an array of this name.</summary>
    bool Contains(string name);

    /// <summary>The shape of an array.</summary>
    /// <exception cref="DataFileException">There is none of this name.</exception>
    IReadOnlyList<long> Shape(string name);

    /// <summary>True where the elements of an array are complex numbers.</summary>
    bool IsComplex(string name);

    /// <summary>Reads rows of an array, each number by its value.</summary>
    /// <exception cref="DataFileException">They can't be read as real numbers.</exception>
    void ReadRows(string name, long first, Span<double> rows);

    /// <summary>Reads rows of an array as complex numbers.</summary>
    /// <exception cref="DataFileException">They can't be read as numbers.</exception>
    void ReadRows(string name, long first, Span<Complex> rows);

    /// <summary>Rows that are best read at once.</summary>
    long RowsOfASlab(string name);
}
