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
        VectorKind.SymmetricTensor => (1 << First[component]) ^ (1 << Second[component]),
        _ => 0,
    };

    /// <summary>Where a permutation of the axes takes a component.</summary>
    public static int Image(this VectorKind kind, int permutation, int component) => kind switch
    {
        VectorKind.Vector or VectorKind.AxialVector => AxisPermutations.Image(permutation, component),
        VectorKind.ScalarAndVector => component == 0 ? 0 : 1 + AxisPermutations.Image(permutation, component - 1),
        VectorKind.SymmetricTensor => TensorPlace(AxisPermutations.Image(permutation, First[component]), AxisPermutations.Image(permutation, Second[component])),
        _ => component,
    };

    // Axes of a symmetric tensor's components.
    private static ReadOnlySpan<byte> First => [0, 0, 0, 1, 1, 2];

    private static ReadOnlySpan<byte> Second => [0, 1, 2, 1, 2, 2];

    private static int TensorPlace(int a, int b) => Math.Min(a, b) switch { 0 => Math.Max(a, b), 1 => 2 + Math.Max(a, b), _ => 5 };
}
