using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>Checks the lists of chunks that are called fixed arrays, which ours are (file format's specification 3.0, VII.C).</summary>
internal sealed class Hdf5FixedArrays
{
    private const int HeaderBytes = 28, BlockPrefix = 14, LargestBlock = 1 << 26;
    private readonly Dictionary<ulong, long> _blockBytes = [];

    /// <summary>Checks what begins at a place, where it is a part of a fixed array.</summary>
    /// <exception cref="InvalidDataException">Its bytes are not those that were written.</exception>
    public void Check(SafeFileHandle handle, long length, long address, ReadOnlySpan<byte> signature)
    {
        if (signature.SequenceEqual("FAHD"u8))
        {
            ReadOnlySpan<byte> header = Checked(handle, length, address, HeaderBytes);
            ulong entries = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);

            // A list in pages has a checksum a page, and is written by others alone.
            if (entries <= 1UL << header[7]) _blockBytes[BinaryPrimitives.ReadUInt64LittleEndian(header[16..])] = BlockPrefix + ((long)entries * header[6]) + sizeof(uint);
        }
        else if (signature.SequenceEqual("FADB"u8) && _blockBytes.TryGetValue((ulong)address, out long bytes))
        {
            _ = Checked(handle, length, address, bytes);
        }
    }

    private static byte[] Checked(SafeFileHandle handle, long length, long address, long bytes)
    {
        if (bytes > LargestBlock || address + bytes > length) throw new InvalidDataException("a list of chunks has an impossible length");
        byte[] all = new byte[bytes];
        Hdf5Source.ReadAt(handle, all, address);
        return Hdf5Checksum.Of(all.AsSpan(0, all.Length - sizeof(uint))) == BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(all.Length - sizeof(uint)))
            ? all : throw new InvalidDataException("the checksum of a list of chunks does not match");
    }
}
