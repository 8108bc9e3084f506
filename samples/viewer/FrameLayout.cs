using System.Buffers.Binary;

namespace Fmm.Samples;

/// <summary>How a frame lies in its message: a head, then a row of four single-precision numbers a point, then one a box; little endian.</summary>
/// <remarks>page/frame.js reads the same offsets; docs/viewing.md lists them.</remarks>
internal static class FrameLayout
{
    /// <summary>First number of a frame: the letters FMMV.</summary>
    public const uint Frame = 0x564D4D46;

    /// <summary>First number of the sizes of points: the letters FMMS.</summary>
    public const uint Sizes = 0x534D4D46;

    /// <summary>What the second number of either says.</summary>
    public const uint Version = 1;

    /// <summary>Bytes of a frame's head.</summary>
    public const int HeadBytes = 80;

    /// <summary>Bytes of a point (place, number) and of a box (centre, half width).</summary>
    public const int RowBytes = 16;

    /// <summary>Bytes before the sizes: magic, version, count.</summary>
    public const int SizesHeadBytes = 12;

    /// <summary>Writes a frame's head.</summary>
    public static void WriteHead(Span<byte> bytes, in FrameHead head)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Frame);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], head.Points);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], head.Boxes);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], head.Step);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], head.Time);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[32..], head.Centre.X);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[40..], head.Centre.Y);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[48..], head.Centre.Z);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[56..], head.RootHalfWidth);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[60..], head.Lowest);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[64..], head.Highest);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[68..], head.Colour);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[72..], head.Run);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[76..], head.Dropped);
    }
}
