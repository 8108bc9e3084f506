using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>An array of NumPy, read from its beginning to its end, each number by its value.</summary>
internal sealed unsafe class NpyReader
{
    private const int PieceBytes = 1 << 20;
    private readonly Stream _stream;
    private readonly string _name;

    /// <summary>Reads the header.</summary>
    /// <exception cref="DataFileException">It is none that is read here.</exception>
    public NpyReader(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        try
        {
            Header = NpyHeader.Read(stream, name);
        }
        catch (EndOfStreamException fault)
        {
            throw CutOff(fault);
        }
    }

    /// <summary>Type, order and shape.</summary>
    public NpyHeader Header { get; }

    /// <summary>The row that comes next where they are asked for in order; those before it are gone.</summary>
    public long NextRow { get; private set; }

    /// <summary>Reads rows, the last dimension the fastest whatever their order in the file; in Fortran order they can be asked for once.</summary>
    /// <typeparam name="T">double or Complex.</typeparam>
    /// <param name="first">The first row, not one that is gone.</param>
    /// <param name="all">Receives as many rows as it has room for.</param>
    /// <exception cref="DataFileException">The file ends before, or the elements are complex where real numbers are asked for.</exception>
    public void Read<T>(long first, Span<T> all)
        where T : unmanaged
    {
        if (Header.IsComplex && typeof(T) == typeof(double)) throw new DataFileException(_name, "its elements are complex; coordinates and charges are real");
        bool turned = Header.IsFortran && Header.Shape.Length > 1;
        long count = Header.Shape is [long whole, ..] ? whole : 1, width = Math.Max(1, Header.Count / Math.Max(1, count));
        long rows = turned ? all.Length / width : all.Length, columns = turned ? width : 1;
        if (turned && Header.Shape.Length > 2) throw new DataFileException(_name, "it has more than two dimensions in Fortran order; write it by numpy.ascontiguousarray");
        int size = ElementCopy.Size(Header.Kind);
        byte[] piece = new byte[Math.Min(PieceBytes, Math.Max(1, all.Length) * (long)size)];
        try
        {
            Skip((turned ? first : (first - NextRow) * width) * size);
            for (long column = 0; column < columns; column++)
            {
                if (column > 0) Skip((count - rows) * size);
                for (long row = 0; row < rows;)
                {
                    int some = (int)Math.Min(piece.Length / size, rows - row);
                    Take(piece.AsSpan(0, some * size), Header.IsComplex ? size / 2 : size);
                    fixed (byte* from = piece)
                    {
                        fixed (T* to = all) ElementCopy.Copy(Header.Kind, from, 1, to + (row * columns) + column, columns, some, 1);
                    }

                    row += some;
                }
            }

            NextRow = first + (all.Length / width);
        }
        catch (EndOfStreamException fault)
        {
            throw CutOff(fault);
        }
        catch (IOException fault) when (fault is not DataFileException)
        {
            throw new DataFileException(_name, $"the file can't be read: {fault.Message}", fault);
        }
        catch (InvalidDataException fault)
        {
            throw new DataFileException(_name, $"the file is damaged ({fault.Message.TrimEnd('.')}); take another copy or write it again", fault);
        }
    }

    private void Skip(long bytes)
    {
        if (bytes > 0 && _stream.CanSeek)
        {
            _stream.Seek(bytes, SeekOrigin.Current);
            return;
        }

        byte[] dropped = new byte[Math.Min(PieceBytes, Math.Max(0, bytes))];
        for (; bytes > 0; bytes -= dropped.Length) _stream.ReadExactly(dropped.AsSpan(0, (int)Math.Min(dropped.Length, bytes)));
    }

    private void Take(Span<byte> bytes, int word)
    {
        _stream.ReadExactly(bytes);
        if (!Header.IsBigEndian) return;
        if (word == 8)
        {
            Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
        }
        else
        {
            Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private DataFileException CutOff(Exception cause) => new(_name, "the file is cut off: it ends before its last element; take another copy or write it again", cause);
}
