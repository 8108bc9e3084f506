using System.Buffers.Binary;
using System.IO.Compression;

namespace Fmm.Samples;

/// <summary>Writes a picture as PNG (ISO/IEC 15948): head, one compressed stream of rows, end. The same picture gives the same bytes.</summary>
internal static class PngFile
{
    private static readonly uint[] _remainders = Remainders();

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes it.</summary>
    public static void Write(Bitmap picture, Stream stream)
    {
        stream.Write(Signature);
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), picture.Height);
        // Eight bits a channel, of three colours.
        (head[8], head[9]) = (8, 2);
        WriteChunk(stream, "IHDR"u8, head);
        WriteChunk(stream, "IDAT"u8, Compressed(picture));
        WriteChunk(stream, "IEND"u8, []);
    }

    // Each row is told by its difference from the row above (filter 2): backgrounds become zeros.
    private static byte[] Compressed(Bitmap picture)
    {
        using MemoryStream bytes = new();
        using (ZLibStream packed = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            int length = 3 * picture.Width;
            byte[] row = new byte[1 + length];
            row[0] = 2;
            for (int y = 0; y < picture.Height; y++)
            {
                for (int i = 0; i < length; i++) row[1 + i] = unchecked((byte)(picture.Bytes[(y * length) + i] - (y == 0 ? 0 : picture.Bytes[((y - 1) * length) + i])));
                packed.Write(row);
            }
        }

        return bytes.ToArray();
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        stream.Write(number);
        stream.Write(name);
        stream.Write(content);
        uint sum = Sum(Sum(uint.MaxValue, name), content) ^ uint.MaxValue;
        BinaryPrimitives.WriteUInt32BigEndian(number, sum);
        stream.Write(number);
    }

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes) sum = _remainders[(sum ^ one) & 255] ^ (sum >> 8);
        return sum;
    }

    // Of the cyclic redundancy check with the polynomial that PNG names.
    private static uint[] Remainders()
    {
        uint[] remainders = new uint[256];
        for (uint i = 0; i < remainders.Length; i++)
        {
            uint one = i;
            for (int bit = 0; bit < 8; bit++) one = (one & 1) == 0 ? one >> 1 : (one >> 1) ^ 0xEDB88320;
            remainders[i] = one;
        }

        return remainders;
    }
}
