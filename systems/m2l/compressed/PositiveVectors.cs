namespace Fmm.Systems;

/// <summary>The 56 transfer vectors with components 0 to 3: the 316 are their mirror images.</summary>
internal static class PositiveVectors
{
    /// <summary>Their number.</summary>
    public const int Count = 56;

    private static readonly int[] _codes = [.. Enumerable.Range(0, 64).Where(i => TransferVectors.IsFar(i & 3, (i >> 2) & 3, i >> 4))];

    /// <summary>Number of a vector.</summary>
    public static int Index(int x, int y, int z) => Array.IndexOf(_codes, x + (4 * y) + (16 * z));

    /// <summary>Component of a vector along an axis.</summary>
    public static int Component(int vector, int axis) => (_codes[vector] >> (2 * axis)) & 3;

    /// <summary>How many of the 316 vectors are mirror images of one.</summary>
    public static int Images(int vector) =>
        (Component(vector, 0) == 0 ? 1 : 2) * (Component(vector, 1) == 0 ? 1 : 2) * (Component(vector, 2) == 0 ? 1 : 2);
}
