using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Everything that was computed for the boxes of one level, as named matrices in double precision. Whoever computes fills it, whoever
/// rounds and packs for a register width reads it, and what lies between may keep it in a file or bring it to a device: the names, the
/// shapes and the numbers are all there is. Whole numbers and tables are matrices, too.
/// </summary>
/// <remarks>Matrices may be added on several threads at once.</remarks>
internal sealed class PlainMatrices : IDisposable
{
    private readonly SortedDictionary<string, PlainMatrix> _byName = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Computes what other programs read of these operators, if there is such: matrices that nothing here needs.</summary>
    public Func<PlainMatrices>? Textbook { get; init; }

    /// <summary>All matrices, sorted by name.</summary>
    public IReadOnlyDictionary<string, PlainMatrix> ByName => _byName;

    /// <summary>The matrix of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public PlainMatrix this[string name] =>
        _byName.TryGetValue(name, out PlainMatrix? matrix) ? matrix
            : throw new KeyNotFoundException($"There is no matrix '{name}' among {string.Join(", ", _byName.Keys)}: it was computed for another strategy or kernel.");

    /// <summary>Adds a matrix, which is disposed of with the others.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(string name, PlainMatrix matrix)
    {
        lock (_gate) _byName.Add(name, matrix);
    }

    /// <summary>Adds some numbers as a matrix of one row.</summary>
    /// <inheritdoc cref="Add(string, PlainMatrix)"/>
    public void Add(string name, params double[] numbers) => Add(name, new PlainMatrix(1, numbers.Length, numbers));

    /// <summary>A matrix of whole numbers.</summary>
    public int[] Integers(string name)
    {
        ReadOnlySpan<double> numbers = this[name].Elements;
        int[] integers = new int[numbers.Length];
        for (int i = 0; i < integers.Length; i++) integers[i] = checked((int)numbers[i]);
        return integers;
    }

    /// <summary>A copy, in which some matrices are larger by a factor.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="scales">Whether a matrix of a name is.</param>
    /// <param name="ledger">The account of native memory.</param>
    public PlainMatrices Scaled(double factor, Func<string, bool> scales, Ledger ledger)
    {
        PlainMatrices copy = new();
        try
        {
            foreach ((string name, PlainMatrix matrix) in _byName) copy.Add(name, matrix.Scaled(scales(name) ? factor : 1, ledger));
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PlainMatrix matrix in _byName.Values) matrix.Dispose();
        _byName.Clear();
    }
}
