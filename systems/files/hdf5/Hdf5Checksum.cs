using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>
/// The checksum of HDF5's metadata: Jenkins' lookup3 ("hashlittle", lookup3.c, May 2006), see the file format's specification 3.0,
/// IV.A.1.b and II.A.
/// </summary>
internal static class Hdf5Checksum
{
    private const int LongestHeader = 1 << 24;

    /// <summary>The checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint a = 0xdeadbeef + (uint)bytes.Length, b = a, c = a;
        if (bytes.IsEmpty) return c;
        while (bytes.Length > 12)
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            a = (a - c) ^ BitOperations.RotateLeft(c, 4);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 6);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 8);
            b += a;
            a = (a - c) ^ BitOperations.RotateLeft(c, 16);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 19);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 4);
            b += a;
            bytes = bytes[12..];
        }

        Span<byte> rest = stackalloc byte[12];
        rest.Clear();
        bytes.CopyTo(rest);
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(rest);
        a += words[0];
        b += words[1];
        c += words[2];
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);
    }

    /// <summary>Checks the object header of version 2 at an address: signature, version, flags, what flags tell, size, messages, checksum.</summary>
    /// <exception cref="InvalidDataException">Its bytes are not those that were written.</exception>
    public static void CheckHeader(SafeFileHandle handle, long length, long address)
    {
        Span<byte> prefix = stackalloc byte[34];
        int read = RandomAccess.Read(handle, prefix, address);
        prefix = prefix[..read];
        if (read < 8 || prefix[4] != 2) return;
        int flags = prefix[5];
        int sizeAt = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0), sizeBytes = 1 << (flags & 3);
        ulong size = 0;
        for (int i = sizeBytes - 1; i >= 0; i--) size = (size << 8) | prefix[sizeAt + i];
        int start = sizeAt + sizeBytes;
        bool isSane = size <= LongestHeader && address + start + (long)size + sizeof(uint) <= length;
        if (!isSane) throw new InvalidDataException("an object's header has an impossible length");
        byte[] header = new byte[start + (int)size + sizeof(uint)];
        Hdf5Source.ReadAt(handle, header, address);
        if (Of(header.AsSpan(0, start + (int)size)) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(start + (int)size)))
            throw new InvalidDataException("the checksum of an object's header does not match");
    }
}
