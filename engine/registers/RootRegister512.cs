using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fmm.Engine;

/// <summary>
/// A register of 512 bits whose reciprocal square root, and sine and cosine, have only the digits that a use needs, so that no kernel has to know of it. All else
/// is that of <see cref="Register512{T}"/>, spelt out once more: a register wrapped into another costs the JIT its budget for inlining.
/// </summary>
/// <typeparam name="T">The number in a lane: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TRoot">The way to the root.</typeparam>
internal readonly unsafe struct RootRegister512<T, TRoot> : IRegister<RootRegister512<T, TRoot>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRoot : struct, IRoot<T>
{
    private readonly Vector512<T> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private RootRegister512(Vector512<T> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    /// <inheritdoc/>
    public static RootRegister512<T, TRoot> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Load(T* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(RootRegister512<T, TRoot> value, T* target) => Vector512.Store(value._value, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Broadcast(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Broadcast(T* source) => new(Vector512.Create(*source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)value).As<float, T>())
        : new(Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> operator +(RootRegister512<T, TRoot> left, RootRegister512<T, TRoot> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> operator -(RootRegister512<T, TRoot> left, RootRegister512<T, TRoot> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> operator *(RootRegister512<T, TRoot> left, RootRegister512<T, TRoot> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> MultiplyAdd(RootRegister512<T, TRoot> a, RootRegister512<T, TRoot> b, RootRegister512<T, TRoot> c) => typeof(T) == typeof(float)
        ? new(Vector512.MultiplyAddEstimate(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector512.MultiplyAddEstimate(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> NegatedMultiplyAdd(RootRegister512<T, TRoot> a, RootRegister512<T, TRoot> b, RootRegister512<T, TRoot> c) => typeof(T) == typeof(float)
        ? new(Register512<T>.NegatedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Register512<T>.NegatedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> InverseSqrt(RootRegister512<T, TRoot> x) => new(TRoot.Inverse(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Sqrt(RootRegister512<T, TRoot> x) => new(Vector512.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(RootRegister512<T, TRoot> value) => Vector512.Sum(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(RootRegister512<T, TRoot> a, RootRegister512<T, TRoot> b, RootRegister512<T, TRoot> c, RootRegister512<T, TRoot> d, T* target) =>
        Register512<T>.Sum4(a._value, b._value, c._value, d._value, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Min(RootRegister512<T, TRoot> left, RootRegister512<T, TRoot> right) => new(Vector512.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Max(RootRegister512<T, TRoot> left, RootRegister512<T, TRoot> right) => new(Vector512.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(RootRegister512<T, TRoot> value, RootRegister512<T, TRoot> bound) => Vector512.LessThanAny(value._value, bound._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> WherePositive(RootRegister512<T, TRoot> number, RootRegister512<T, TRoot> value) => new(value._value & Vector512.GreaterThan(number._value, Vector512<T>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootRegister512<T, TRoot> Exp(RootRegister512<T, TRoot> x) => typeof(T) == typeof(float)
        ? new(Exponential512.Of(x._value.AsSingle()).As<float, T>())
        : new(Exponential512.Of(x._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(RootRegister512<T, TRoot> x, out RootRegister512<T, TRoot> sine, out RootRegister512<T, TRoot> cosine)
    {
        TRoot.SinCos(x._value, out Vector512<T> s, out Vector512<T> c);
        sine = new(s);
        cosine = new(c);
    }
}
