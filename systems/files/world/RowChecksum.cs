using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>
/// A checksum of numbers as they come, in whatever pieces: CRC-32C (Castagnoli, Braeuer and Herrmann 1993), four of them that take turns, because a
/// processor computes each in steps that wait for each other. It finds damage, not malice.
/// </summary>
internal struct RowChecksum()
{
    private uint _a;
    private uint _b = 1;
    private uint _c = 2;
    private uint _d = 3;
    private int _next;

    /// <summary>Takes numbers of 4 or 8 bytes.</summary>
    public void Add<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<T, uint>(numbers);
        int i = 0;
        for (; i < words.Length && _next != 0; i++) One(words[i]);
        for (; i + 4 <= words.Length; i += 4)
        {
            _a = BitOperations.Crc32C(_a, words[i]);
            _b = BitOperations.Crc32C(_b, words[i + 1]);
            _c = BitOperations.Crc32C(_c, words[i + 2]);
            _d = BitOperations.Crc32C(_d, words[i + 3]);
        }
        for (; i < words.Length; i++) One(words[i]);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_a:x8}{_b:x8}{_c:x8}{_d:x8}");

    private void One(uint word)
    {
        (_a, _b, _c, _d) = (_b, _c, _d, BitOperations.Crc32C(_a, word));
        _next = (_next + 1) & 3;
    }
}
