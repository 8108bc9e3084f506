using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A matrix in double precision, row by row without gaps: what builders return before anything is rounded or packed. Small ones lie on the
/// managed heap, large ones in native memory.
/// </summary>
internal sealed unsafe class PlainMatrix : IDisposable
{
    private readonly double[]? _managed;
    private NativeBuffer<double>? _native;

    /// <summary>A matrix on the managed heap.</summary>
    /// <exception cref="ArgumentException">There are more or fewer elements than rows times columns.</exception>
    public PlainMatrix(int rows, int columns, double[] elements)
        : this(rows, columns, elements.LongLength) => _managed = elements;

    /// <summary>A matrix in native memory, which it owns from now on.</summary>
    /// <exception cref="ArgumentException">There are more or fewer elements than rows times columns.</exception>
    public PlainMatrix(int rows, int columns, NativeBuffer<double> elements)
        : this(rows, columns, elements.Length) => _native = elements;

    private PlainMatrix(int rows, int columns, long elements)
    {
        if ((long)rows * columns != elements) throw new ArgumentException($"A matrix of {rows} x {columns} has {(long)rows * columns} elements, not {elements}.");
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>The elements where they lie on the managed heap, else null.</summary>
    public double[]? Managed => _managed;

    /// <summary>The elements, row by row.</summary>
    public Span<double> Elements => _native is null ? _managed : _native.Span;

    /// <summary>
    /// Brings the elements into a buffer of the working precision and gives their own memory back; in double precision native memory
    /// itself becomes the buffer, so that nothing stands twice.
    /// </summary>
    /// <param name="buffer">What held such elements before; it is reused or disposed of.</param>
    public void MoveTo<T>(ref NativeBuffer<T> buffer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double) && _native is not null)
        {
            buffer.Dispose();
            buffer = (NativeBuffer<T>)(object)_native;
            _native = null;
            return;
        }
        ReadOnlySpan<double> elements = Elements;
        buffer.Resize(elements.Length);
        Round(elements, buffer.Span);
        Dispose();
    }

    /// <summary>A copy times a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PlainMatrix Scaled(double factor, Ledger ledger)
    {
        ReadOnlySpan<double> from = Elements;
        double[] managed = _native is null ? new double[from.Length] : [];
        NativeBuffer<double>? native = _native is null ? null : new NativeBuffer<double>(ledger, "operators: scaled", from.Length);
        Span<double> to = native is null ? managed : native.Span;
        for (int i = 0; i < to.Length; i++) to[i] = factor * from[i];
        return native is null ? new PlainMatrix(Rows, Columns, managed) : new PlainMatrix(Rows, Columns, native);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _native?.Dispose();
        _native = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round<T>(ReadOnlySpan<double> from, Span<T> to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < to.Length; i++) to[i] = T.CreateTruncating(from[i]);
    }
}
