using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A point's charge over the lanes of registers.</summary>
internal static unsafe class ChargeRegisters<TKernel, T, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Its components, which stand together; those that the kernel does not have are left as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Broadcast(T* charge, ref PairCharge<TRegister> registers)
    {
        registers.Q0 = TRegister.Broadcast(charge);
        if (TKernel.SourceComponents > 1) registers.Q1 = TRegister.Broadcast(charge + 1);
        if (TKernel.SourceComponents > 2) registers.Q2 = TRegister.Broadcast(charge + 2);
        if (TKernel.SourceComponents > 3) registers.Q3 = TRegister.Broadcast(charge + 3);
        if (TKernel.SourceComponents > 4) registers.Q4 = TRegister.Broadcast(charge + 4);
        if (TKernel.SourceComponents > 5) registers.Q5 = TRegister.Broadcast(charge + 5);
    }
}
