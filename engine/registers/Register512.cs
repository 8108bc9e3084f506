using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>A register of 512 bits; see <see cref="IRegister{TSelf, T}"/>.</summary>
/// <typeparam name="T">The number in a lane: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Register512<T> : IRegister<Register512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector512<T> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Register512(Vector512<T> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    /// <inheritdoc/>
    public static Register512<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Load(T* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register512<T> value, T* target) => Vector512.Store(value._value, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Broadcast(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Broadcast(T* source) => new(Vector512.Create(*source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)value).As<float, T>())
        : new(Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> operator +(Register512<T> left, Register512<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> operator -(Register512<T> left, Register512<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> operator *(Register512<T> left, Register512<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> MultiplyAdd(Register512<T> a, Register512<T> b, Register512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.MultiplyAddEstimate(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(Vector512.MultiplyAddEstimate(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> NegatedMultiplyAdd(Register512<T> a, Register512<T> b, Register512<T> c) => typeof(T) == typeof(float)
        ? new(NegatedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>())
        : new(NegatedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> InverseSqrt(Register512<T> x) => typeof(T) == typeof(float)
        ? new(ZeroWhereAbsent(x._value.AsSingle(), InverseSqrtApart(x._value.AsSingle())).As<float, T>())
        : new(ZeroWhereAbsent(x._value.AsDouble(), InverseSqrtApart(x._value.AsDouble())).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Sqrt(Register512<T> x) => new(Vector512.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Register512<T> value) => Vector512.Sum(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Register512<T> a, Register512<T> b, Register512<T> c, Register512<T> d, T* target) => Sum4(a._value, b._value, c._value, d._value, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Min(Register512<T> left, Register512<T> right) => new(Vector512.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Max(Register512<T> left, Register512<T> right) => new(Vector512.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBelow(Register512<T> value, Register512<T> bound) => Vector512.LessThanAny(value._value, bound._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> WherePositive(Register512<T> number, Register512<T> value) => new(value._value & Vector512.GreaterThan(number._value, Vector512<T>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Exp(Register512<T> x) => typeof(T) == typeof(float)
        ? new(Exponential512.Of(x._value.AsSingle()).As<float, T>())
        : new(Exponential512.Of(x._value.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(Register512<T> x, out Register512<T> sine, out Register512<T> cosine)
    {
        if (typeof(T) == typeof(float))
        {
            SineCosine512.Of(x._value.AsSingle(), true, out Vector512<float> s, out Vector512<float> c);
            sine = new(s.As<float, T>());
            cosine = new(c.As<float, T>());
        }
        else
        {
            SineCosine512.Of(x._value.AsDouble(), 6, out Vector512<double> s, out Vector512<double> c);
            sine = new(s.As<double, T>());
            cosine = new(c.As<double, T>());
        }
    }

    // Spelt out for the hardware: the JIT does not fold the negation of a product into the fused instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> NegatedMultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAddNegated(a, b, c) : Vector512.MultiplyAddEstimate(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> NegatedMultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAddNegated(a, b, c) : Vector512.MultiplyAddEstimate(-a, b, c);

    // Pairs of registers are added crosswise, so that one half of the work is done for all four: a third of the instructions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sum4(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d, T* target)
    {
        if (!Avx512F.IsSupported)
        {
            target[0] = Vector512.Sum(a);
            target[1] = Vector512.Sum(b);
            target[2] = Vector512.Sum(c);
            target[3] = Vector512.Sum(d);
        }
        else if (typeof(T) == typeof(float))
        {
            Vector512<double> ab = (Avx512F.UnpackLow(a.AsSingle(), b.AsSingle()) + Avx512F.UnpackHigh(a.AsSingle(), b.AsSingle())).AsDouble();
            Vector512<double> cd = (Avx512F.UnpackLow(c.AsSingle(), d.AsSingle()) + Avx512F.UnpackHigh(c.AsSingle(), d.AsSingle())).AsDouble();
            Vector512<float> all = Avx512F.UnpackLow(ab, cd).AsSingle() + Avx512F.UnpackHigh(ab, cd).AsSingle();
            Vector256<float> half = all.GetLower() + all.GetUpper();
            (half.GetLower() + half.GetUpper()).Store((float*)target);
        }
        else
        {
            Vector512<double> ab = Avx512F.UnpackLow(a.AsDouble(), b.AsDouble()) + Avx512F.UnpackHigh(a.AsDouble(), b.AsDouble());
            Vector512<double> cd = Avx512F.UnpackLow(c.AsDouble(), d.AsDouble()) + Avx512F.UnpackHigh(c.AsDouble(), d.AsDouble());
            Vector256<double> halfAb = ab.GetLower() + ab.GetUpper(), halfCd = cd.GetLower() + cd.GetUpper();
            (Avx.Permute2x128(halfAb, halfCd, 0x20) + Avx.Permute2x128(halfAb, halfCd, 0x31)).Store((double*)target);
        }
    }

    // An estimate of 14 bits and one Newton step reach 23 bits; without the estimate, the exact root.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> InverseSqrtApart(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(1f) / Vector512.Sqrt(x);
        Vector512<float> y = Avx512F.ReciprocalSqrt14(x);
        Vector512<float> h = NegatedMultiplyAdd(x * y, y, Vector512.Create(1f));
        return Vector512.MultiplyAddEstimate(y * Vector512.Create(0.5f), h, y);
    }

    // An estimate of 14 bits and one step of the series (1 - h)^(-1/2) = 1 + h/2 + 3/8 h^2 + 5/16 h^3, h = 1 - x y^2: 6e-17.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> InverseSqrtApart(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(1.0) / Vector512.Sqrt(x);
        Vector512<double> y = Avx512F.ReciprocalSqrt14(x);
        Vector512<double> h = NegatedMultiplyAdd(x * y, y, Vector512.Create(1.0));
        Vector512<double> s = Vector512.MultiplyAddEstimate(h, Vector512.Create(5.0 / 16), Vector512.Create(3.0 / 8));
        s = Vector512.MultiplyAddEstimate(h, s, Vector512.Create(0.5));
        return Vector512.MultiplyAddEstimate(y * h, s, y);
    }

    // Numbers from 0 on order as their bits do. Three integer operations, which find a free pipe, where a comparison into a mask register
    // takes a turn of those that multiply: 20 G pairs/s with it and 22 without, in f32 on two cores of Zen 5.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ZeroWhereAbsent(Vector512<double> x, Vector512<double> y) =>
        Vector512.AndNot(y, Vector512.ShiftRightArithmetic(x.AsInt64() - Vector512.Create(0x0010_0000_0000_0000), 63).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ZeroWhereAbsent(Vector512<float> x, Vector512<float> y) =>
        Vector512.AndNot(y, Vector512.ShiftRightArithmetic(x.AsInt32() - Vector512.Create(0x0080_0000), 31).AsSingle());
}
