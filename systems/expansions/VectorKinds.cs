namespace Fmm.Systems;

/// <summary>What <see cref="VectorKind"/> says of each component.</summary>
internal static class VectorKinds
{
    /// <summary>The mirrors that change a component's sign, a bit an axis.</summary>
    public static int Parity(this VectorKind kind, int component) => kind switch
    {
        VectorKind.Vector => 1 << component,
        VectorKind.AxialVector => 7 ^ (1 << component),
        VectorKind.ScalarAndVector => component == 0 ? 0 : 1 << (component - 1),
        _ => 0,
    };

    /// <summary>Where a permutation of the axes takes a component.</summary>
    public static int Image(this VectorKind kind, int permutation, int component) => kind switch
    {
        VectorKind.Vector or VectorKind.AxialVector => AxisPermutations.Image(permutation, component),
        VectorKind.ScalarAndVector => component == 0 ? 0 : 1 + AxisPermutations.Image(permutation, component - 1),
        _ => component,
    };
}
