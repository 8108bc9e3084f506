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

    /// <summary>Reads all elements, the last dimension the fastest whatever their order in the file.</summary>
    /// <typeparam name="T">double or Complex.</typeparam>
    /// <exception cref="DataFileException">The file ends before, or the elements are complex where real numbers are asked for.</exception>
    public void Read<T>(Span<T> all)
        where T : unmanaged
    {
        if (Header.IsComplex && typeof(T) == typeof(double)) throw new DataFileException(_name, "its elements are complex; coordinates and charges are real");
        bool turned = Header.IsFortran && Header.Shape.Length > 1;
        long rows = turned ? Header.Shape[0] : all.Length, columns = turned ? all.Length / Math.Max(1, rows) : 1;
        if (turned && Header.Shape.Length > 2) throw new DataFileException(_name, "it has more than two dimensions in Fortran order; write it by numpy.ascontiguousarray");
        int size = ElementCopy.Size(Header.Kind);
        byte[] piece = new byte[Math.Min(PieceBytes, Math.Max(1, all.Length) * (long)size)];
        try
        {
            for (long column = 0; column < columns; column++)
            {
                for (long row = 0; row < rows;)
                {
                    int count = (int)Math.Min(piece.Length / size, rows - row);
                    Take(piece.AsSpan(0, count * size), Header.IsComplex ? size / 2 : size);
                    fixed (byte* from = piece)
                    {
                        fixed (T* to = all) ElementCopy.Copy(Header.Kind, from, 1, to + (row * columns) + column, columns, count, 1);
                    }

                    row += count;
                }
            }
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
