using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>One number whose reciprocal root of 0 is infinite, as that of registers in loops that do not look for coincident points.</summary>
internal readonly unsafe struct UnmaskedRegister : IRegister<UnmaskedRegister, double>
{
    private readonly double _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UnmaskedRegister(double value) => _value = value;

    public static int Count => 1;

    public static UnmaskedRegister Zero => new(0);

    public static UnmaskedRegister Load(double* source) => new(*source);

    public static void Store(UnmaskedRegister value, double* target) => *target = value._value;

    public static UnmaskedRegister Broadcast(double value) => new(value);

    public static UnmaskedRegister Broadcast(double* source) => new(*source);

    public static UnmaskedRegister Constant(double value) => new(value);

    public static UnmaskedRegister operator +(UnmaskedRegister left, UnmaskedRegister right) => new(left._value + right._value);

    public static UnmaskedRegister operator -(UnmaskedRegister left, UnmaskedRegister right) => new(left._value - right._value);

    public static UnmaskedRegister operator *(UnmaskedRegister left, UnmaskedRegister right) => new(left._value * right._value);

    public static UnmaskedRegister MultiplyAdd(UnmaskedRegister a, UnmaskedRegister b, UnmaskedRegister c) => new((a._value * b._value) + c._value);

    public static UnmaskedRegister NegatedMultiplyAdd(UnmaskedRegister a, UnmaskedRegister b, UnmaskedRegister c) => new(c._value - (a._value * b._value));

    public static UnmaskedRegister InverseSqrt(UnmaskedRegister x) => new(1 / Math.Sqrt(x._value));

    public static UnmaskedRegister Sqrt(UnmaskedRegister x) => new(Math.Sqrt(x._value));

    public static double Sum(UnmaskedRegister value) => value._value;

    public static UnmaskedRegister Min(UnmaskedRegister left, UnmaskedRegister right) => new(double.MinNative(left._value, right._value));

    public static UnmaskedRegister Max(UnmaskedRegister left, UnmaskedRegister right) => new(double.MaxNative(left._value, right._value));

    public static bool AnyBelow(UnmaskedRegister value, UnmaskedRegister bound) => value._value < bound._value;

    public static UnmaskedRegister WherePositive(UnmaskedRegister number, UnmaskedRegister value) => number._value > 0 ? value : Zero;

    public static UnmaskedRegister Exp(UnmaskedRegister x) => new(Math.Exp(x._value));
}
