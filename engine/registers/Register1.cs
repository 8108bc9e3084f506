using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>One number: the scalar form of <see cref="IRegister{TSelf, T}"/>, for machines without vectors and for tests.</summary>
/// <typeparam name="T">The number: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Register1<T> : IRegister<Register1<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Register1(T value) => _value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    /// <inheritdoc/>
    public static Register1<T> Zero => new(T.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Load(T* source) => new(*source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register1<T> value, T* target) => *target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Broadcast(T value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Broadcast(T* source) => new(*source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Constant(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> operator +(Register1<T> left, Register1<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> operator -(Register1<T> left, Register1<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> operator *(Register1<T> left, Register1<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> MultiplyAdd(Register1<T> a, Register1<T> b, Register1<T> c) =>
        new(T.MultiplyAddEstimate(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> NegatedMultiplyAdd(Register1<T> a, Register1<T> b, Register1<T> c) =>
        new(T.MultiplyAddEstimate(-a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> InverseSqrt(Register1<T> x) => T.IsNormal(x._value) ? new(T.One / T.Sqrt(x._value)) : Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Sqrt(Register1<T> x) => new(T.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Register1<T> value) => value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Min(Register1<T> left, Register1<T> right) => new(T.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Max(Register1<T> left, Register1<T> right) => new(T.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(Register1<T> value, Register1<T> bound) => value._value < bound._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> WherePositive(Register1<T> number, Register1<T> value) => number._value > T.Zero ? value : Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<T> Exp(Register1<T> x) => new(T.Exp(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(Register1<T> x, out Register1<T> sine, out Register1<T> cosine)
    {
        T bound = T.CreateTruncating(typeof(T) == typeof(float) ? SineCosine512.LargestSingle : SineCosine512.Largest);
        (T s, T c) = T.SinCos(T.MinNative(T.MaxNative(x._value, -bound), bound));
        sine = new(s);
        cosine = new(c);
    }
}
