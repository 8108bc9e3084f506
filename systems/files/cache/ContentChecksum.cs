using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// A checksum of named matrices: CRC-32C of names, shapes and elements (Castagnoli, Braeuer and Herrmann 1993), four of them side by side over
/// the elements, because a processor computes each in steps that wait for each other. It finds damage, not malice.
/// </summary>
internal static class ContentChecksum
{
    /// <summary>32 hexadecimal digits.</summary>
    public static string Of(PlainMatrices matrices)
    {
        uint a = 0, b = 1, c = 2, d = 3;
        foreach ((string name, PlainMatrix matrix) in matrices.ByName)
        {
            foreach (byte letter in Encoding.UTF8.GetBytes(name)) a = BitOperations.Crc32C(a, letter);
            a = BitOperations.Crc32C(a, ((ulong)(uint)matrix.Rows << 32) | (uint)matrix.Columns);
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<double, ulong>(matrix.Elements);
            int i = 0;
            for (; i + 4 <= words.Length; i += 4)
            {
                a = BitOperations.Crc32C(a, words[i]);
                b = BitOperations.Crc32C(b, words[i + 1]);
                c = BitOperations.Crc32C(c, words[i + 2]);
                d = BitOperations.Crc32C(d, words[i + 3]);
            }
            for (; i < words.Length; i++) a = BitOperations.Crc32C(a, words[i]);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{a:x8}{b:x8}{c:x8}{d:x8}");
    }
}
