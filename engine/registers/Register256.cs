using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>A register of 256 bits; see <see cref="IRegister{TSelf, T}"/>.</summary>
/// <typeparam name="T">The number in a lane: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Register256<T> : IRegister<Register256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector256<T> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Register256(Vector256<T> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector256<T>.Count;

    /// <inheritdoc/>
    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    /// <inheritdoc/>
    public static Register256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Load(T* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register256<T> value, T* target) => Vector256.Store(value._value, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Broadcast(T value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Broadcast(T* source) => new(Vector256.Create(*source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector256.Create((float)value).As<float, T>())
        : new(Vector256.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> operator +(Register256<T> left, Register256<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> operator -(Register256<T> left, Register256<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> operator *(Register256<T> left, Register256<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> MultiplyAdd(Register256<T> a, Register256<T> b, Register256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.MultiplyAddEstimate(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector256.MultiplyAddEstimate(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> NegatedMultiplyAdd(Register256<T> a, Register256<T> b, Register256<T> c) => typeof(T) == typeof(float)
        ? new(NegatedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(NegatedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> InverseSqrt(Register256<T> x) => typeof(T) == typeof(float)
        ? new(InverseSqrt(x._value.AsSingle()).As<float, T>())
        : new(InverseSqrt(x._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Sqrt(Register256<T> x) => new(Vector256.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Register256<T> value) => Vector256.Sum(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Min(Register256<T> left, Register256<T> right) => new(Vector256.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Max(Register256<T> left, Register256<T> right) => new(Vector256.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(Register256<T> value, Register256<T> bound) => Vector256.LessThanAny(value._value, bound._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> WherePositive(Register256<T> number, Register256<T> value) => new(value._value & Vector256.GreaterThan(number._value, Vector256<T>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Exp(Register256<T> x) => typeof(T) == typeof(float)
        ? new(Vector256.Exp(x._value.AsSingle()).As<float, T>())
        : new(Vector256.Exp(x._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(Register256<T> x, out Register256<T> sine, out Register256<T> cosine)
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> bound = Vector256.Create(SineCosine512.LargestSingle);
            (Vector256<float> s, Vector256<float> c) = Vector256.SinCos(Vector256.MinNative(Vector256.MaxNative(x._value.AsSingle(), -bound), bound));
            sine = new(s.As<float, T>());
            cosine = new(c.As<float, T>());
        }
        else
        {
            Vector256<double> bound = Vector256.Create(SineCosine512.Largest);
            (Vector256<double> s, Vector256<double> c) = Vector256.SinCos(Vector256.MinNative(Vector256.MaxNative(x._value.AsDouble(), -bound), bound));
            sine = new(s.As<double, T>());
            cosine = new(c.As<double, T>());
        }
    }

    // Spelt out for the hardware: the JIT does not fold the negation of a product into the fused instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> NegatedMultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Fma.IsSupported ? Fma.MultiplyAddNegated(a, b, c) : Vector256.MultiplyAddEstimate(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> NegatedMultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Fma.IsSupported ? Fma.MultiplyAddNegated(a, b, c) : Vector256.MultiplyAddEstimate(-a, b, c);

    // An estimate of 12 (or 14) bits and one Newton step reach 23 bits; without the estimate, the exact root.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InverseSqrt(Vector256<float> x)
    {
        Vector256<float> y;
        if (Avx.IsSupported)
        {
            y = Avx.ReciprocalSqrt(x);
            Vector256<float> h = NegatedMultiplyAdd(x * y, y, Vector256.Create(1f));
            y = Vector256.MultiplyAddEstimate(y * Vector256.Create(0.5f), h, y);
        }
        else
        {
            y = Vector256.Create(1f) / Vector256.Sqrt(x);
        }

        Vector256<float> present = Vector256.GreaterThan(x, Vector256.Create(1.1754944e-38f)).AsSingle();
        return y & present;
    }

    // Root and quotient: with no estimate in double precision, a series from an integer estimate measured 0.72 G pairs/s on Zen 3
    // where this reaches 0.92; doing every other register by the series 1.0 for the potential but half for the gradient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> InverseSqrt(Vector256<double> x) =>
        ZeroWhereAbsent(x, Vector256.Create(1.0) / Vector256.Sqrt(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ZeroWhereAbsent(Vector256<double> x, Vector256<double> y) =>
        y & Vector256.GreaterThan(x, Vector256.Create(2.2250738585072014e-308)).AsDouble();
}
