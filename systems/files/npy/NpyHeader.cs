using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Fmm.Files;

/// <summary>The header of an array of NumPy: type, order and shape (numpy.lib.format, versions 1.0, 2.0 and 3.0).</summary>
/// <param name="Kind">What its elements are.</param>
/// <param name="IsBigEndian">True where an element's first byte is its highest.</param>
/// <param name="IsFortran">True where the first dimension runs fastest.</param>
/// <param name="Shape">Elements along each dimension.</param>
internal sealed partial record NpyHeader(ElementKind Kind, bool IsBigEndian, bool IsFortran, long[] Shape)
{
    private const int LongestHeader = 1 << 16, Alignment = 64;
    private static readonly byte[] _magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The bytes that every array begins with.</summary>
    public static ReadOnlySpan<byte> Magic => _magic;

    /// <summary>Whether its elements are complex numbers.</summary>
    public bool IsComplex => Kind is ElementKind.ComplexSingle or ElementKind.ComplexDouble;

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, one) => checked(product * one));

    /// <summary>Reads a header; the stream then stands at the first element.</summary>
    /// <exception cref="DataFileException">It is none, or of elements that are not read here.</exception>
    public static NpyHeader Read(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[8];
        int found = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        FormatSignature.Require(DataFormat.Npy, start[..found], name);
        if (found < start.Length) throw new EndOfStreamException();

        Span<byte> size = stackalloc byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(size);
        int length = 0;
        for (int i = size.Length - 1; i >= 0; i--) length = (length << 8) | size[i];
        if (length is < 0 or > LongestHeader) throw new DataFileException(name, "its header has an impossible length; the file is damaged");
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return Parse(Encoding.UTF8.GetString(header), name);
    }

    /// <summary>The bytes before the elements of an array of floats or doubles, the last dimension the fastest.</summary>
    public static byte[] Of<T>(params long[] shape)
        where T : unmanaged
    {
        string sizes = string.Concat(shape.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one}, ")));
        string text = $"{{'descr': '<f{Unsafe.SizeOf<T>()}', 'fortran_order': False, 'shape': ({(shape.Length == 1 ? sizes.TrimEnd() : sizes.TrimEnd(' ', ','))}), }}";
        int before = _magic.Length + 4, whole = (before + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        text = text.PadRight(whole - before - 1) + "\n";
        return [.. _magic, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. Encoding.ASCII.GetBytes(text)];
    }

    private static NpyHeader Parse(string text, string name)
    {
        Match type = Descriptor().Match(text), order = Order().Match(text), shape = Sizes().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
            throw new DataFileException(name, $"its header {Quotation.Of(text.Trim())} is none of an array of numbers; write one array of one type");

        string descriptor = type.Groups[1].Value;
        ElementKind kind = descriptor[1..] switch
        {
            "f8" => ElementKind.Double,
            "f4" => ElementKind.Single,
            "i8" => ElementKind.Int64,
            "i4" => ElementKind.Int32,
            "c16" => ElementKind.ComplexDouble,
            "c8" => ElementKind.ComplexSingle,
            _ => throw new DataFileException(name, $"its elements are '{descriptor}', which is not read here; take f8, f4, i8, i4, c16 or c8, such as by astype('f8')"),
        };
        try
        {
            long[] sizes = [.. shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one => long.Parse(one, CultureInfo.InvariantCulture))];
            NpyHeader header = new(kind, descriptor[0] == '>', order.Groups[1].Value == "True", sizes);
            return header.Count < long.MaxValue / 16 ? header : throw new OverflowException();
        }
        catch (OverflowException fault)
        {
            throw new DataFileException(name, "its shape is of impossible size; the file is damaged", fault);
        }
    }

    [GeneratedRegex(@"'descr':\s*'([<>|=][a-zA-Z]\d+)'")]
    private static partial Regex Descriptor();

    [GeneratedRegex(@"'fortran_order':\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape':\s*\(([\d,\s]*)\)")]
    private static partial Regex Sizes();
}
