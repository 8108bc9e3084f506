using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>What is checked of a file before the library sees it: that it is one, and all there.</summary>
internal static class Hdf5Superblock
{
    private const int Bytes = 64;
    private static readonly byte[] _signature = [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>The bytes that every file begins with, or a block of it after its user's.</summary>
    public static ReadOnlySpan<byte> Signature => _signature;

    /// <summary>Checks a file's beginning.</summary>
    /// <exception cref="DataFileException">It is no HDF5 file, is damaged, or shorter than when it was written.</exception>
    public static void Check(string file, SafeFileHandle handle, long length)
    {
        if (length == 0) throw new DataFileException(file, "the file is empty; take another copy or write it again");
        Span<byte> block = stackalloc byte[Bytes];
        for (long start = 0; start < length; start = start == 0 ? 512 : 2 * start)
        {
            block.Clear();
            _ = RandomAccess.Read(handle, block, start);
            if (!block.StartsWith(_signature)) continue;
            CheckEnd(file, block, start, length);
            return;
        }

        throw new DataFileException(file, "this is no HDF5 file, or its first bytes are damaged; name one, or its form by --format");
    }

    // Versions 0 and 1 have no checksum and the end's address behind the base's and the free space's.
    private static void CheckEnd(string file, ReadOnlySpan<byte> block, long start, long length)
    {
        int version = block[8];
        bool isOld = version < 2;
        if (version > 3) throw Damaged(file, $"its superblock is of version {version}, which is not known");
        if ((isOld ? block[13] : block[9]) != sizeof(ulong)) throw Damaged(file, "its superblock has offsets of an unusual width");
        if (!isOld && Hdf5Checksum.Of(block[..44]) != BinaryPrimitives.ReadUInt32LittleEndian(block[44..])) throw Damaged(file, "the checksum of its superblock does not match");
        int baseAt = isOld ? (version == 0 ? 24 : 28) : 12, endAt = baseAt + 16;
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(block[baseAt..]), end = BinaryPrimitives.ReadUInt64LittleEndian(block[endAt..]);
        if (first != (ulong)start) throw Damaged(file, "its superblock says that the file begins elsewhere");
        if (end > (ulong)length)
            throw new DataFileException(file, $"the file is cut off: it has {length} of {end} bytes; take another copy or write it again");
    }

    private static DataFileException Damaged(string file, string what) => new(file, $"the file is damaged: {what}; take another copy or write it again");
}
