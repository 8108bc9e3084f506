namespace Fmm.Engine;

/// <summary>
/// A vector register of numbers, and all that a formula needs of it: the one vocabulary in which kernels are written. Width and precision
/// are the type argument, so that the JIT compiles a formula once for 512, 256, 128 bits and for a single number.
/// </summary>
/// <typeparam name="TSelf">The register type itself.</typeparam>
public interface IRegister<TSelf>
    where TSelf : unmanaged, IRegister<TSelf>
{
    /// <summary>Numbers in a register.</summary>
    static abstract int Count { get; }

    /// <summary>True where a lane is a number of single precision, false where it is one of double precision.</summary>
    static abstract bool IsSingle { get; }

    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>A constant or a parameter, rounded to the working precision, in all lanes.</summary>
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

    /// <summary>
    /// sin(x) and cos(x) to the digits of <see cref="InverseSqrt"/>, for |x| up to 1e6 in single and 1e14 in double precision; beyond that
    /// numbers from -1 to 1 without a right digit.
    /// </summary>
    static abstract void SinCos(TSelf x, out TSelf sine, out TSelf cosine);
}
