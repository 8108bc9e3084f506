using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// A register whose reciprocal square root has only the digits that a use needs, so that no kernel has to know of it. All else is that of
/// the register it stands for.
/// </summary>
/// <typeparam name="TLane">The register.</typeparam>
/// <typeparam name="T">The number in a lane.</typeparam>
/// <typeparam name="TRoot">The way to the root.</typeparam>
public readonly unsafe struct RootLane<TLane, T, TRoot> : ILane<RootLane<TLane, T, TRoot>, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRoot : struct, IRoot<TLane>
{
    private readonly TLane _lane;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private RootLane(TLane lane) => _lane = lane;

    /// <inheritdoc/>
    public static int Count => TLane.Count;

    /// <inheritdoc/>
    public static RootLane<TLane, T, TRoot> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(TLane.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> Load(T* source) => new(TLane.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(RootLane<TLane, T, TRoot> value, T* target) => TLane.Store(value._lane, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> Broadcast(T value) => new(TLane.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> Broadcast(T* source) => new(TLane.Broadcast(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> Constant(double value) => new(TLane.Constant(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> operator +(RootLane<TLane, T, TRoot> left, RootLane<TLane, T, TRoot> right) => new(left._lane + right._lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> operator -(RootLane<TLane, T, TRoot> left, RootLane<TLane, T, TRoot> right) => new(left._lane - right._lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> operator *(RootLane<TLane, T, TRoot> left, RootLane<TLane, T, TRoot> right) => new(left._lane * right._lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> MultiplyAdd(RootLane<TLane, T, TRoot> a, RootLane<TLane, T, TRoot> b, RootLane<TLane, T, TRoot> c) =>
        new(TLane.MultiplyAdd(a._lane, b._lane, c._lane));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> NegatedMultiplyAdd(RootLane<TLane, T, TRoot> a, RootLane<TLane, T, TRoot> b, RootLane<TLane, T, TRoot> c) =>
        new(TLane.NegatedMultiplyAdd(a._lane, b._lane, c._lane));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> InverseSqrt(RootLane<TLane, T, TRoot> x) => new(TRoot.Inverse(x._lane));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> Sqrt(RootLane<TLane, T, TRoot> x) => new(TLane.Sqrt(x._lane));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(RootLane<TLane, T, TRoot> value) => TLane.Sum(value._lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RootLane<TLane, T, TRoot> Exp(RootLane<TLane, T, TRoot> x) => new(TLane.Exp(x._lane));
}
