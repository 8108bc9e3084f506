using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fmm.Library;

/// <summary>
/// An array of the caller's as four axes (charge vectors, points, numbers, derivatives), whose elements are read and written where they lie. Axes of one element may be
/// left out by the caller.
/// </summary>
internal readonly unsafe struct ArrayView
{
    // Where a process of a user has no memory, whatever it asks for.
    private const long LeastAddress = 4096, MostAddress = 1L << 47;
    private readonly byte* _data;
    private readonly bool _isSingle;
    private readonly Axes _length, _stride;

    private ArrayView(NativeArray* array, ReadOnlySpan<long> lengths, ReadOnlySpan<int> axes)
    {
        _data = (byte*)array->Data;
        _isSingle = array->Type == 1;
        for (int i = 0; i < 4; i++)
        {
            _length[i] = lengths[i];
            _stride[i] = axes[i] < 0 ? 0 : array->Strides[axes[i]];
        }
    }

    /// <summary>How many elements there are.</summary>
    public long Count => _length[0] * _length[1] * _length[2] * _length[3];

    /// <summary>The doubles themselves, where they lie one after the other in the order of the axes; null otherwise.</summary>
    public double* Plain
    {
        get
        {
            if (_isSingle || ((nint)_data % sizeof(double)) != 0) return null;
            long expected = sizeof(double);
            for (int axis = 3; axis >= 0; axis--)
            {
                if (_length[axis] == 1) continue;
                if (_stride[axis] != expected) return null;
                expected *= _length[axis];
            }

            return (double*)_data;
        }
    }

    /// <summary>Looks at an array's own members.</summary>
    /// <exception cref="RefusedException">It is null, or a member can't be.</exception>
    public static void Require(NativeArray* array, string name)
    {
        if (array is null) throw RefusedException.Argument($"{name} is null: give an array.");
        if (array->Type is not (0 or 1)) throw RefusedException.Argument($"{name} has type {array->Type}: give FMM_F64 (0) or FMM_F32 (1).");
        if (array->Dimensions is < 1 or > 4) throw RefusedException.Argument($"{name} has {array->Dimensions} dimensions: give 1 to 4.");
        long count = 1;
        for (int axis = 0; axis < array->Dimensions; axis++)
        {
            long length = array->Shape[axis];
            if (length is < 0 or > int.MaxValue || (count *= length) > int.MaxValue)
                throw RefusedException.Argument($"{name} has shape {Shape(array)}: every length is 0 or more, and all elements are at most {int.MaxValue}.");
        }

        if (array->Data is null && count > 0) throw RefusedException.Argument($"{name} has null for its data: give the address of its {count} elements.");
    }

    /// <summary>The view of an array whose axes must have these lengths, of which those of 1 may be left out.</summary>
    /// <param name="array">The array.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="lengths">Four lengths.</param>
    /// <param name="isOutput">Whether it is written to.</param>
    /// <exception cref="RefusedException">It has another shape, or cannot be written to.</exception>
    public static ArrayView Of(NativeArray* array, string name, ReadOnlySpan<long> lengths, bool isOutput = false)
    {
        Require(array, name);
        // From the last axis on: what has another length than the array's next axis is 1 and left out.
        Span<int> axes = stackalloc int[4];
        int at = array->Dimensions - 1;
        bool fits = true;
        for (int i = 3; i >= 0 && fits; i--)
        {
            bool present = at >= 0 && array->Shape[at] == lengths[i];
            axes[i] = present ? at-- : -1;
            fits = present || lengths[i] == 1;
        }

        if (!fits || at >= 0) throw RefusedException.Argument($"{name} has shape {Shape(array)}, but the points ask for {Wanted(lengths)}.");
        ArrayView view = new(array, lengths, axes);
        if (view.Count == 0) return view;
        (Int128 first, Int128 end) = view.Reach();
        if (first < LeastAddress || end > MostAddress)
            throw RefusedException.Argument($"{name} reaches from address {first} to {end} by its strides ({view.Strides()}), where no memory is: give strides in bytes.");
        if (isOutput && !view.IsApart())
            throw RefusedException.Argument($"{name} has strides ({view.Strides()}) by which its elements lie over each other, so it can't be written to.");
        return view;
    }

    /// <summary>Refuses two outputs of which elements may lie over each other: they lie in ranges apart, or their rows interleave.</summary>
    /// <exception cref="RefusedException">They overlap.</exception>
    public static void RequireApart(in ArrayView a, in ArrayView b, string nameOfA, string nameOfB)
    {
        if (a.Count == 0 || b.Count == 0) return;
        (Int128 firstOfA, Int128 endOfA) = a.Reach();
        (Int128 firstOfB, Int128 endOfB) = b.Reach();
        if (endOfA <= firstOfB || endOfB <= firstOfA) return;
        // Rows of both as far apart, and each row's elements in a part of it that the other leaves free.
        long row = Math.Abs(a._stride[1]);
        if (a._length[1] > 1 && row == Math.Abs(b._stride[1]) && a.WithinRow(row) is { } widthOfA && b.WithinRow(row) is { } widthOfB)
        {
            long startOfA = (long)(firstOfA % row), startOfB = (long)(firstOfB % row), fromAToB = (startOfB - startOfA + row) % row, fromBToA = (row - fromAToB) % row;
            if (fromAToB >= widthOfA && fromBToA >= widthOfB) return;
        }

        throw RefusedException.Argument($"{nameOfA} and {nameOfB} lie over each other in memory: give each its own.");
    }

    /// <summary>Reads all elements, in the order of the axes.</summary>
    public void Read(Span<double> values)
    {
        if (Plain is not null and var plain)
        {
            new ReadOnlySpan<double>(plain, values.Length).CopyTo(values);
            return;
        }

        int next = 0;
        for (long v = 0; v < _length[0]; v++)
            for (long i = 0; i < _length[1]; i++)
                for (long c = 0; c < _length[2]; c++)
                {
                    byte* at = _data + (v * _stride[0]) + (i * _stride[1]) + (c * _stride[2]);
                    for (long k = 0; k < _length[3]; k++, at += _stride[3])
                        values[next++] = _isSingle ? Unsafe.ReadUnaligned<float>(at) : Unsafe.ReadUnaligned<double>(at);
                }
    }

    /// <summary>Writes all elements, in the order of the axes.</summary>
    public void Write(ReadOnlySpan<double> values)
    {
        if (Plain is not null and var plain)
        {
            values.CopyTo(new Span<double>(plain, values.Length));
            return;
        }

        int next = 0;
        for (long v = 0; v < _length[0]; v++)
            for (long i = 0; i < _length[1]; i++)
                for (long c = 0; c < _length[2]; c++)
                {
                    byte* at = _data + (v * _stride[0]) + (i * _stride[1]) + (c * _stride[2]);
                    for (long k = 0; k < _length[3]; k++, at += _stride[3])
                    {
                        if (_isSingle) Unsafe.WriteUnaligned(at, (float)values[next++]);
                        else Unsafe.WriteUnaligned(at, values[next++]);
                    }
                }
    }

    private int ElementSize => _isSingle ? sizeof(float) : sizeof(double);

    // The addresses of the first byte and of the one behind the last.
    private (Int128 First, Int128 End) Reach()
    {
        Int128 first = (Int128)(nuint)_data, end = first + ElementSize;
        for (int axis = 0; axis < 4; axis++)
        {
            Int128 way = (Int128)_stride[axis] * (_length[axis] - 1);
            if (way < 0) first += way;
            else end += way;
        }

        return (first, end);
    }

    // Whether no two elements share a byte: each axis, from the closest on, steps over all that those before it reach.
    private bool IsApart()
    {
        Span<int> order = [0, 1, 2, 3];
        Axes strides = _stride;
        order.Sort((left, right) => Math.Abs(strides[left]).CompareTo(Math.Abs(strides[right])));
        Int128 reach = ElementSize;
        foreach (int axis in order)
        {
            if (_length[axis] == 1) continue;
            if (Math.Abs(_stride[axis]) < reach) return false;
            reach += (Int128)Math.Abs(_stride[axis]) * (_length[axis] - 1);
        }

        return true;
    }

    // The bytes of a point's elements within its row, if they lie in one; axes that lead to the same place of other rows count for nothing.
    private long? WithinRow(long row)
    {
        Int128 width = ElementSize;
        for (int axis = 0; axis < 4; axis++)
            if (_length[axis] > 1 && _stride[axis] % row != 0) width += Int128.Abs((Int128)_stride[axis] * (_length[axis] - 1));
        return width <= row ? (long)width : null;
    }

    private string Strides()
    {
        List<string> words = [];
        for (int axis = 0; axis < 4; axis++)
            if (_length[axis] != 1) words.Add(_stride[axis].ToString(CultureInfo.InvariantCulture));
        return string.Join(", ", words);
    }

    private static string Shape(NativeArray* array)
    {
        string[] lengths = new string[array->Dimensions];
        for (int axis = 0; axis < lengths.Length; axis++) lengths[axis] = array->Shape[axis].ToString(CultureInfo.InvariantCulture);
        return $"({string.Join(", ", lengths)})";
    }

    // Without the axes of 1, which may be left out; that of the points is always told.
    private static string Wanted(ReadOnlySpan<long> lengths)
    {
        List<string> words = [];
        for (int i = 0; i < 4; i++)
            if (lengths[i] != 1 || i == 1) words.Add(lengths[i].ToString(CultureInfo.InvariantCulture));
        return $"({string.Join(", ", words)})";
    }

    [InlineArray(4)]
    private struct Axes
    {
        private long _first;
    }
}
