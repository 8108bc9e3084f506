using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Fmm.Tests;

/// <summary>A PNG file as it is read: eight bits a channel, of three colours, rows told by themselves or by the row above.</summary>
internal sealed class PngPicture
{
    private readonly int _width;
    private readonly byte[] _pixels;

    /// <summary>Takes a file apart.</summary>
    public PngPicture(byte[] file)
    {
        using MemoryStream packed = new();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string kind = Encoding.ASCII.GetString(file, at + 4, 4);
            if (kind == "IHDR") (_width, Height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 12)));
            if (kind == "IDAT") packed.Write(file, at + 8, length);
            at += 12 + length;
        }

        packed.Position = 0;
        using ZLibStream rows = new(packed, CompressionMode.Decompress);
        _pixels = new byte[3 * _width * Height];
        byte[] row = new byte[1 + (3 * _width)];
        for (int y = 0; y < Height; y++)
        {
            rows.ReadExactly(row);
            if (row[0] is not (0 or 2)) throw new InvalidDataException($"filter {row[0]}");
            for (int i = 1; i < row.Length; i++)
            {
                int at = (y * 3 * _width) + i - 1;
                _pixels[at] = unchecked((byte)(row[i] + (row[0] == 2 && y > 0 ? _pixels[at - (3 * _width)] : 0)));
            }
        }
    }

    /// <summary>Pixels across and down.</summary>
    public (int Width, int Height) Size => (_width, Height);

    private int Height { get; }

    /// <summary>The colour of a pixel.</summary>
    public (int R, int G, int B) At(int x, int y)
    {
        int at = 3 * ((y * _width) + x);
        return (_pixels[at], _pixels[at + 1], _pixels[at + 2]);
    }

    /// <summary>The share of pixels that differ from the one in the upper right corner.</summary>
    public double Share()
    {
        (int R, int G, int B) back = At(_width - 1, 0);
        int other = 0;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < _width; x++) other += At(x, y) != back ? 1 : 0;
        return other / (double)(_width * Height);
    }
}
