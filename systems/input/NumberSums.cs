using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The largest and the smallest magnitude among numbers, and a checksum of their bits, in one pass over the memory. The checksum depends on every
/// number and its place, and not on the threads; it is good within a process, to tell whether numbers are still the same.
/// </summary>
internal sealed unsafe class NumberSums(Ledger ledger, string name) : IJob, IDisposable
{
    private const int NumbersAUnit = 1 << 16;
    private const long Magnitude = long.MaxValue;
    private readonly NativeBuffer<Part> _parts = new(ledger, name);
    private double* _numbers;
    private long _count;

    /// <summary>Largest magnitude and checksum.</summary>
    /// <param name="Largest">0 for no numbers; infinite or no number if one of them is.</param>
    /// <param name="Smallest">The smallest magnitude above 0; 0 if there is none.</param>
    /// <param name="Sum">The checksum.</param>
    public readonly record struct Result(double Largest, double Smallest, ulong Sum);

    /// <summary>Reads numbers.</summary>
    /// <param name="numbers">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="jobs">Where it runs.</param>
    public Result Of(double* numbers, long count, Jobs jobs)
    {
        int units = checked((int)((count + NumbersAUnit - 1) / NumbersAUnit));
        _parts.Resize(units);
        _numbers = numbers;
        _count = count;
        jobs.For(units, this);
        long largest = 0;
        ulong sum = (ulong)count, least = ulong.MaxValue;
        for (int unit = 0; unit < units; unit++)
        {
            least = Math.Min(least, _parts.Pointer[unit].Least);
            largest = Math.Max(largest, _parts.Pointer[unit].Largest);
            sum = Mix(sum, _parts.Pointer[unit].Sum);
        }
        return new Result(BitConverter.Int64BitsToDouble(largest), least == ulong.MaxValue ? 0 : BitConverter.UInt64BitsToDouble(least + 1), sum);
    }

    /// <summary>The largest magnitude alone, on the calling thread.</summary>
    public static double Largest(double* numbers, long count) => BitConverter.Int64BitsToDouble(Read(numbers, count).Largest);

    /// <summary>The same of a span.</summary>
    public static double Largest(ReadOnlySpan<double> numbers)
    {
        fixed (double* first = numbers) return Largest(first, numbers.Length);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        long first = (long)unit * NumbersAUnit;
        _parts.Pointer[unit] = Read(_numbers + first, Math.Min(NumbersAUnit, _count - first));
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    // The bits of magnitudes are ordered as the magnitudes are, with infinity and what is no number above all. The sum of the running
    // sums tells an order from another (Fletcher 1982).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Part Read(double* numbers, long count)
    {
        long* bits = (long*)numbers;
        long i = 0;
        Vector<long> mask = new(Magnitude), most = Vector<long>.Zero, sums = most, running = most;
        Vector<ulong> leasts = new(ulong.MaxValue);
        for (; i + Vector<long>.Count <= count; i += Vector<long>.Count)
        {
            Vector<long> here = Vector.Load(bits + i);
            most = Vector.Max(most, here & mask);
            leasts = Vector.Min(leasts, Vector.AsVectorUInt64((here & mask) - Vector<long>.One)); // Zeros become the largest of all.
            sums += here;
            running += sums;
        }
        long largest = 0;
        ulong sum = 0, least = ulong.MaxValue;
        for (int lane = 0; lane < Vector<long>.Count; lane++)
        {
            largest = Math.Max(largest, most[lane]);
            least = Math.Min(least, leasts[lane]);
            sum = Mix(Mix(sum, (ulong)sums[lane]), (ulong)running[lane]);
        }
        for (; i < count; i++)
        {
            largest = Math.Max(largest, bits[i] & Magnitude);
            least = Math.Min(least, unchecked((ulong)(bits[i] & Magnitude) - 1));
            sum = Mix(sum, (ulong)bits[i]);
        }
        return new Part(largest, least, sum);
    }

    private static ulong Mix(ulong sum, ulong next) => unchecked((BitOperations.RotateLeft(sum, 27) ^ next) * 0x9E3779B97F4A7C15);

    private readonly record struct Part(long Largest, ulong Least, ulong Sum);
}
