using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>
/// The running sums of a register of targets: up to three components of potential and the gradient of each.
/// A kernel adds to the fields that it uses; the others are never touched and cost nothing. A potential of more components, up to nine, leaves no room
/// for derivatives: its further components stand in their places.
/// </summary>
/// <typeparam name="TRegister">The register type.</typeparam>
public struct FieldSum<TRegister>
    where TRegister : unmanaged
{
    /// <summary>Potential, components 0, 1 and 2.</summary>
    public TRegister P0, P1, P2;

    /// <summary>Gradient of component 0: its derivatives along x, y and z.</summary>
    public TRegister G0X, G0Y, G0Z;

    /// <summary>Gradient of component 1.</summary>
    public TRegister G1X, G1Y, G1Z;

    /// <summary>Gradient of component 2.</summary>
    public TRegister G2X, G2Y, G2Z;

    /// <summary>Component 3 of a potential of more than three, where there is no gradient.</summary>
    public TRegister P3
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => G0X;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => G0X = value;
    }

    /// <summary>Component 4 of such a potential.</summary>
    public TRegister P4
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => G0Y;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => G0Y = value;
    }

    /// <summary>Component 5 of such a potential.</summary>
    public TRegister P5
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => G0Z;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => G0Z = value;
    }

    /// <summary>Component 6 of such a potential.</summary>
    public TRegister P6
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => G1X;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => G1X = value;
    }

    /// <summary>Component 7 of such a potential.</summary>
    public TRegister P7
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => G1Y;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => G1Y = value;
    }

    /// <summary>Component 8 of such a potential.</summary>
    public TRegister P8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => G1Z;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => G1Z = value;
    }
}
