using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>One number whose reciprocal root of 0 is infinite, as that of registers in loops that do not look for coincident points.</summary>
internal readonly unsafe struct UnmaskedLane : ILane<UnmaskedLane, double>
{
    private readonly double _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UnmaskedLane(double value) => _value = value;

    public static int Count => 1;

    public static UnmaskedLane Zero => new(0);

    public static UnmaskedLane Load(double* source) => new(*source);

    public static void Store(UnmaskedLane value, double* target) => *target = value._value;

    public static UnmaskedLane Broadcast(double value) => new(value);

    public static UnmaskedLane Broadcast(double* source) => new(*source);

    public static UnmaskedLane Constant(double value) => new(value);

    public static UnmaskedLane operator +(UnmaskedLane left, UnmaskedLane right) => new(left._value + right._value);

    public static UnmaskedLane operator -(UnmaskedLane left, UnmaskedLane right) => new(left._value - right._value);

    public static UnmaskedLane operator *(UnmaskedLane left, UnmaskedLane right) => new(left._value * right._value);

    public static UnmaskedLane MultiplyAdd(UnmaskedLane a, UnmaskedLane b, UnmaskedLane c) => new((a._value * b._value) + c._value);

    public static UnmaskedLane NegatedMultiplyAdd(UnmaskedLane a, UnmaskedLane b, UnmaskedLane c) => new(c._value - (a._value * b._value));

    public static UnmaskedLane InverseSqrt(UnmaskedLane x) => new(1 / Math.Sqrt(x._value));

    public static UnmaskedLane Sqrt(UnmaskedLane x) => new(Math.Sqrt(x._value));

    public static double Sum(UnmaskedLane value) => value._value;

    public static UnmaskedLane Min(UnmaskedLane left, UnmaskedLane right) => new(double.MinNative(left._value, right._value));

    public static UnmaskedLane Max(UnmaskedLane left, UnmaskedLane right) => new(double.MaxNative(left._value, right._value));

    public static bool AnyBelow(UnmaskedLane value, UnmaskedLane bound) => value._value < bound._value;

    public static UnmaskedLane WherePositive(UnmaskedLane number, UnmaskedLane value) => number._value > 0 ? value : Zero;

    public static UnmaskedLane Exp(UnmaskedLane x) => new(Math.Exp(x._value));
}
