using System.Numerics;
using Fmm.Engine;

namespace Fmm.Tests.Registers;

/// <summary>Registers as arrays, for assertions.</summary>
internal static unsafe class Lanes
{
    public static T[] Numbers<TRegister, T>(TRegister value)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] numbers = new T[TRegister.Count];
        fixed (T* p = numbers) TRegister.Store(value, p);
        return numbers;
    }

    /// <summary>A function of registers applied to a row of numbers; the last register repeats the last number.</summary>
    public static T[] Map<TRegister, T>(T[] numbers, Func<TRegister, TRegister> function)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<T> results = [];
        foreach (T[] chunk in numbers.Chunk(TRegister.Count))
        {
            T[] full = [.. chunk, .. Enumerable.Repeat(chunk[^1], TRegister.Count - chunk.Length)];
            fixed (T* p = full) results.AddRange(Numbers<TRegister, T>(function(TRegister.Load(p))).Take(chunk.Length));
        }
        return [.. results];
    }
}
