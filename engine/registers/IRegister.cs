using System.Numerics;

namespace Fmm.Engine;

/// <summary>
/// A vector register of numbers: the one vocabulary in which every hot loop is written. The width is a type
/// argument, so that the JIT compiles each loop once for 512, 256, 128 bits and for a single number.
/// </summary>
/// <typeparam name="TSelf">The register type itself.</typeparam>
/// <typeparam name="T">The number in a lane: <see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe interface IRegister<TSelf, T>
    where TSelf : unmanaged, IRegister<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers in a register.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Reads <see cref="Count"/> numbers; no alignment is asked for.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>Writes <see cref="Count"/> numbers; no alignment is asked for.</summary>
    static abstract void Store(TSelf value, T* target);

    /// <summary>The same number in all lanes.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>The number at an address in all lanes.</summary>
    static abstract TSelf Broadcast(T* source);

    /// <summary>A constant of the mathematics, rounded to <typeparamref name="T"/>, in all lanes.</summary>
    static abstract TSelf Constant(double value);

    /// <summary>Lane by lane sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Lane by lane difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Lane by lane product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>a b + c, rounded once where the hardware has a fused multiply-add.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c - a b, rounded once where the hardware has a fused multiply-add.</summary>
    static abstract TSelf NegatedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>
    /// 1/sqrt(x) to the working precision, and 0 where x is below the smallest normal number: a pair of coincident
    /// points contributes nothing. x is a sum of squares: not below +0.
    /// </summary>
    static abstract TSelf InverseSqrt(TSelf x);

    /// <summary>Correctly rounded square root.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The sum of all lanes, in an order that depends on the width alone.</summary>
    static abstract T Sum(TSelf value);

    /// <summary>The sums of four registers, to four numbers; in an order that may be another than that of <see cref="Sum"/>.</summary>
    static virtual void Sum4(TSelf a, TSelf b, TSelf c, TSelf d, T* target)
    {
        target[0] = TSelf.Sum(a);
        target[1] = TSelf.Sum(b);
        target[2] = TSelf.Sum(c);
        target[3] = TSelf.Sum(d);
    }

    /// <summary>Lane by lane the smaller; of a number and none, either.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>Lane by lane the larger; of a number and none, either.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Whether in any lane the value is below the bound.</summary>
    static abstract bool AnyBelow(TSelf value, TSelf bound);

    /// <summary>The value where a number is above 0, and 0 elsewhere.</summary>
    static abstract TSelf WherePositive(TSelf number, TSelf value);

    /// <summary>exp(x) to a few units in the last place, 0 below the underflow bound.</summary>
    static abstract TSelf Exp(TSelf x);
}
