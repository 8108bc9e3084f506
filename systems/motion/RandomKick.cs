using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Three normal numbers of mean 0 and variance 1 that follow from a seed, a step and an entity alone, so that neither threads nor the order of rows, nor where a run
/// was resumed, make a difference: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, Parallel random numbers: as easy as 1, 2, 3), and Box and Muller (1958).
/// </summary>
internal static class RandomKick
{
    private const int Rounds = 10;

    /// <summary>The three numbers.</summary>
    public static Velocity Of(long seed, long step, Entity body)
    {
        (uint a, uint b, uint c, uint d) = Philox(unchecked((ulong)seed), unchecked((uint)body.Id), unchecked((uint)body.Version), unchecked((uint)step), unchecked((uint)(step >> 32)));
        (double x, double y) = Pair(a, b);
        (double z, _) = Pair(c, d);
        return new Velocity(x, y, z);
    }

    /// <summary>128 random bits for a key and a counter.</summary>
    internal static (uint A, uint B, uint C, uint D) Philox(ulong key, uint a, uint b, uint c, uint d)
    {
        unchecked
        {
            (uint low, uint high) = ((uint)key, (uint)(key >> 32));
            for (int round = 0; round < Rounds; round++)
            {
                ulong first = (ulong)a * 0xD2511F53, second = (ulong)c * 0xCD9E8D57;
                (a, b, c, d) = ((uint)(second >> 32) ^ b ^ low, (uint)second, (uint)(first >> 32) ^ d ^ high, (uint)first);
                low += 0x9E3779B9;
                high += 0xBB67AE85;
            }
            return (a, b, c, d);
        }
    }

    // In (0, 1): the logarithm of neither end is taken.
    private static (double First, double Second) Pair(uint a, uint b)
    {
        const double unit = 1.0 / (1L << 32);
        double radius = Math.Sqrt(-2 * Math.Log((a + 0.5) * unit));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * (b + 0.5) * unit);
        return (radius * cosine, radius * sine);
    }
}
