using System.Numerics;
using Fmm.Engine;

namespace Fmm.Tests.Lanes;

/// <summary>Registers as arrays, for assertions.</summary>
internal static unsafe class Lanes
{
    public static T[] Numbers<TLane, T>(TLane value)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] numbers = new T[TLane.Count];
        fixed (T* p = numbers) TLane.Store(value, p);
        return numbers;
    }

    /// <summary>A function of registers applied to a row of numbers; the last register repeats the last number.</summary>
    public static T[] Map<TLane, T>(T[] numbers, Func<TLane, TLane> function)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<T> results = [];
        foreach (T[] chunk in numbers.Chunk(TLane.Count))
        {
            T[] full = [.. chunk, .. Enumerable.Repeat(chunk[^1], TLane.Count - chunk.Length)];
            fixed (T* p = full) results.AddRange(Numbers<TLane, T>(function(TLane.Load(p))).Take(chunk.Length));
        }
        return [.. results];
    }
}
