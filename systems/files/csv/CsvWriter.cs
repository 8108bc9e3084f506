using System.Globalization;
using System.Text;

namespace Fmm.Files;

/// <summary>Writes rows of numbers under a header as UTF-8, each in the shortest decimal form that reads back the same bits.</summary>
/// <remarks>Fields computed in single precision are sums of floats taken in double: they, too, need a double's digits.</remarks>
internal sealed class CsvWriter : IDisposable
{
    // A double takes 24 characters at most, a comma one.
    private const int LongestField = 32;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    /// <summary>Starts a table.</summary>
    /// <param name="stream">Where the bytes go; it stays the caller's.</param>
    /// <param name="columns">The header's names.</param>
    public CsvWriter(Stream stream, params string[] columns)
    {
        _stream = stream;
        _used = Encoding.UTF8.GetBytes(string.Join(',', columns), _buffer);
        _buffer[_used++] = (byte)'\n';
    }

    /// <summary>Adds a field to the row.</summary>
    /// <param name="value">The number.</param>
    /// <param name="last">True at the row's end.</param>
    public void Write(double value, bool last)
    {
        if (_buffer.Length - _used < LongestField) Flush();
        Span<byte> free = _buffer.AsSpan(_used);
        value.TryFormat(free, out int length, default, CultureInfo.InvariantCulture);
        free[length] = last ? (byte)'\n' : (byte)',';
        _used += length + 1;
    }

    /// <summary>Hands everything written so far to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    /// <summary>Writes what is left.</summary>
    public void Dispose()
    {
        Flush();
        _stream.Flush();
    }
}
