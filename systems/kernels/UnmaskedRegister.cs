using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>One number whose reciprocal root of 0 is infinite, as that of registers in loops that do not look for coincident points.</summary>
internal readonly struct UnmaskedRegister(double value) : IRegister<UnmaskedRegister>
{
    public double Value => value;

    public static int Count => 1;

    public static bool IsSingle => false;

    public static UnmaskedRegister Zero => new(0);

    public static UnmaskedRegister Constant(double value) => new(value);

    public static UnmaskedRegister operator +(UnmaskedRegister left, UnmaskedRegister right) => new(left.Value + right.Value);

    public static UnmaskedRegister operator -(UnmaskedRegister left, UnmaskedRegister right) => new(left.Value - right.Value);

    public static UnmaskedRegister operator *(UnmaskedRegister left, UnmaskedRegister right) => new(left.Value * right.Value);

    public static UnmaskedRegister MultiplyAdd(UnmaskedRegister a, UnmaskedRegister b, UnmaskedRegister c) => new((a.Value * b.Value) + c.Value);

    public static UnmaskedRegister NegatedMultiplyAdd(UnmaskedRegister a, UnmaskedRegister b, UnmaskedRegister c) => new(c.Value - (a.Value * b.Value));

    public static UnmaskedRegister InverseSqrt(UnmaskedRegister x) => new(1 / Math.Sqrt(x.Value));

    public static UnmaskedRegister Sqrt(UnmaskedRegister x) => new(Math.Sqrt(x.Value));

    public static UnmaskedRegister Min(UnmaskedRegister left, UnmaskedRegister right) => new(double.MinNative(left.Value, right.Value));

    public static UnmaskedRegister Max(UnmaskedRegister left, UnmaskedRegister right) => new(double.MaxNative(left.Value, right.Value));

    public static bool AnyBelow(UnmaskedRegister value, UnmaskedRegister bound) => value.Value < bound.Value;

    public static UnmaskedRegister WherePositive(UnmaskedRegister number, UnmaskedRegister value) => number.Value > 0 ? value : Zero;

    public static UnmaskedRegister Exp(UnmaskedRegister x) => new(Math.Exp(x.Value));

    public static void SinCos(UnmaskedRegister x, out UnmaskedRegister sine, out UnmaskedRegister cosine) =>
        (sine, cosine) = (new(Math.Sin(x.Value)), new(Math.Cos(x.Value)));
}
