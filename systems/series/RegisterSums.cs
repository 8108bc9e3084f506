using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The sum of the lanes of each of many registers. At 512 bits as many as a register has lanes are summed together.</summary>
internal static unsafe class RegisterSums<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>sums[i] is the sum of register i.</summary>
    /// <param name="registers">The registers.</param>
    /// <param name="count">Their number, a multiple of 16.</param>
    /// <param name="sums">Receives a number a register.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* registers, int count, T* sums)
    {
        if (sizeof(TRegister) == 64 && Avx512F.IsSupported && typeof(T) == typeof(double))
        {
            for (int i = 0; i < count; i += 8) Eight((double*)registers + (8 * (nint)i)).Store((double*)sums + i);
        }
        else if (sizeof(TRegister) == 64 && Avx512F.IsSupported && typeof(T) == typeof(float))
        {
            for (int i = 0; i < count; i += 16) Sixteen((float*)registers + (16 * (nint)i)).Store((float*)sums + i);
        }
        else
        {
            for (int i = 0; i < count; i++) sums[i] = TRegister.Sum(TRegister.Load(registers + (i * (nint)TRegister.Count)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Eight(double* at) => Quarters(Pair(at), Pair(at + 16), Pair(at + 32), Pair(at + 48));

    // a0 + a1, b0 + b1, a2 + a3, b2 + b3, ...
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Pair(double* at)
    {
        Vector512<double> a = Vector512.Load(at), b = Vector512.Load(at + 8);
        return Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
    }

    // The sums over the four quarters of each of four registers, one after the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Quarters(Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        a = Avx512F.Shuffle4x128(a, b, 0x88) + Avx512F.Shuffle4x128(a, b, 0xDD);
        c = Avx512F.Shuffle4x128(c, d, 0x88) + Avx512F.Shuffle4x128(c, d, 0xDD);
        return Avx512F.Shuffle4x128(a, c, 0x88) + Avx512F.Shuffle4x128(a, c, 0xDD);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sixteen(float* at)
    {
        Vector512<float> a = Four(at), b = Four(at + 64), c = Four(at + 128), d = Four(at + 192);
        a = Avx512F.Shuffle4x128(a, b, 0x88) + Avx512F.Shuffle4x128(a, b, 0xDD);
        c = Avx512F.Shuffle4x128(c, d, 0x88) + Avx512F.Shuffle4x128(c, d, 0xDD);
        return Avx512F.Shuffle4x128(a, c, 0x88) + Avx512F.Shuffle4x128(a, c, 0xDD);
    }

    // In each quarter the sums of the quarters of four registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Four(float* at)
    {
        Vector512<float> a = Vector512.Load(at), b = Vector512.Load(at + 16), c = Vector512.Load(at + 32), d = Vector512.Load(at + 48);
        Vector512<double> ab = (Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b)).AsDouble();
        Vector512<double> cd = (Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d)).AsDouble();
        return Avx512F.UnpackLow(ab, cd).AsSingle() + Avx512F.UnpackHigh(ab, cd).AsSingle();
    }
}
