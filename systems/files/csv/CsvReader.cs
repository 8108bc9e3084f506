namespace Fmm.Files;

/// <summary>
/// Rows of finite numbers under a known header, read straight from UTF-8 bytes: no string is made for a line or a field.
/// </summary>
/// <remarks>
/// Accepted besides the plain form: the columns in any order and case, further columns (which are skipped), \r\n, a byte order mark,
/// blanks about a field, scientific notation, lines that begin with #, blank lines at the end. Everything else is refused with the
/// file, the line (counted from 1) and the field.
/// </remarks>
internal sealed class CsvReader : IDisposable
{
    private const int LongestLine = 1 << 20;
    private readonly Stream _stream;
    private readonly string _name;
    private readonly string[] _columns;
    private readonly CsvHeader _header;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Opens a stream and checks its header.</summary>
    /// <param name="stream">The bytes; disposed together with the reader.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="columns">The columns that the file must have.</param>
    /// <exception cref="DataFileException">The file is empty or has another header.</exception>
    public CsvReader(Stream stream, string name, params string[] columns)
    {
        _stream = stream;
        _name = name;
        _columns = columns;
        _header = ReadHeader();
    }

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Columns of the file that are skipped, as it names them.</summary>
    public IReadOnlyList<string> IgnoredColumns => _header.Ignored;

    /// <summary>Reads the next row.</summary>
    /// <param name="row">Takes a number a column, in the order that the reader was given.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DataFileException">The row is too short or too long, or a field is no finite number.</exception>
    public bool Read(Span<double> row)
    {
        long blank = 0;
        while (NextLine(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] <= (byte)'#')
            {
                if (IsComment(line)) continue;
                if (line.Trim(" \t"u8).IsEmpty)
                {
                    blank = blank == 0 ? Line : blank;
                    continue;
                }
            }

            if (blank != 0) throw Refuse(blank, "the line is blank but rows follow it; remove it");
            Split(line, row);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static bool IsComment(ReadOnlySpan<byte> line) => line.TrimStart(" \t"u8).StartsWith("#"u8);

    private CsvHeader ReadHeader()
    {
        string expected = string.Join(',', _columns);
        long commented = 0;
        while (NextLine(out ReadOnlySpan<byte> line))
        {
            if (Line == 1 && FormatSignature.Of(_buffer.AsSpan(0, _end)) is not null) throw new DataFileException(_name, FormatSignature.Fault(DataFormat.Csv, _buffer.AsSpan(0, _end)));
            if (line.StartsWith("\uFEFF"u8)) line = line[3..];
            if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
                throw Refuse(Line, "the file is UTF-16; save it as UTF-8");

            if (IsComment(line))
            {
                if (CsvHeader.Read(line.Trim(" \t#"u8), _columns, out _) is not null) commented = Line;
                continue;
            }

            return CsvHeader.Read(line, _columns, out string fault)
                ?? throw (commented > 0 ? Refuse(commented, $"the header {expected} is a comment here; remove the # before it") : Refuse(Line, fault));
        }

        throw new DataFileException(_name, $"the file is empty; its first line must be the header {expected}");
    }

    private void Split(ReadOnlySpan<byte> line, Span<double> row)
    {
        ReadOnlySpan<int> places = _header.Places;
        ReadOnlySpan<byte> rest = line;
        for (int column = 0; column < places.Length; column++)
        {
            int comma = rest.IndexOf((byte)',');
            bool last = column == places.Length - 1;
            if (comma < 0 != last) throw WrongLength(line, comma < 0 ? column + 1 : places.Length);
            if (places[column] >= 0) row[places[column]] = Number(last ? rest : rest[..comma], places[column]);
            rest = last ? default : rest[(comma + 1)..];
        }
    }

    private DataFileException WrongLength(ReadOnlySpan<byte> line, int column)
    {
        int[] places = _header.Places;
        string remedy = column == places.Length ? "remove what is too much"
            : places[column] >= 0 ? $"{_columns[places[column]]} is missing" : "a field is missing";
        string names = _header.Ignored.Count == 0 ? $" ({string.Join(',', places.Select(place => _columns[place]))})" : "";
        return Refuse(Line, $"the row has {line.Count((byte)',') + 1} fields instead of {places.Length}{names}; {remedy}");
    }

    private double Number(ReadOnlySpan<byte> field, int column) => CsvNumber.TryRead(field, out double value) ? value
        : throw Refuse(Line, $"field {_columns[column]}: {CsvNumber.Fault(field)}; write a number such as 0.25 or -1.5e-3");

    private bool NextLine(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0 || (_ended && _end > _start))
            {
                length = length >= 0 ? length + searched : _end - _start;
                line = _buffer.AsSpan(_start, length);
                line = line.EndsWith("\r"u8) ? line[..^1] : line;
                _start = Math.Min(_start + length + 1, _end);
                Line++;
                return true;
            }

            if (_ended)
            {
                line = default;
                return false;
            }

            searched = _end - _start;
            Fill();
        }
    }

    /// <summary>Moves the unfinished line to the front and reads on behind it.</summary>
    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine)
                throw Refuse(Line + 1, $"the line is longer than {LongestLine} bytes; is this a CSV file with a row a line?");

            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }

    private DataFileException Refuse(long line, string fault) => new($"{_name}, line {line}", fault);
}
