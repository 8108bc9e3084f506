using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>A register that loops fill from memory and empty into it: what <see cref="IRegister{TSelf}"/> computes with, by columns of numbers.</summary>
/// <typeparam name="TSelf">The register type itself.</typeparam>
/// <typeparam name="T">The number in a lane: <see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe interface IRegister<TSelf, T> : IRegister<TSelf>
    where TSelf : unmanaged, IRegister<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads <see cref="IRegister{TSelf}.Count"/> numbers; no alignment is asked for.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>Writes <see cref="IRegister{TSelf}.Count"/> numbers; no alignment is asked for.</summary>
    static abstract void Store(TSelf value, T* target);

    /// <summary>The same number in all lanes.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>The number at an address in all lanes.</summary>
    static abstract TSelf Broadcast(T* source);

    /// <summary>The sum of all lanes, in an order that depends on the width alone.</summary>
    static abstract T Sum(TSelf value);

    /// <summary>The sums of four registers, to four numbers; in an order that may be another than that of <see cref="Sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual void Sum4(TSelf a, TSelf b, TSelf c, TSelf d, T* target)
    {
        target[0] = TSelf.Sum(a);
        target[1] = TSelf.Sum(b);
        target[2] = TSelf.Sum(c);
        target[3] = TSelf.Sum(d);
    }
}
