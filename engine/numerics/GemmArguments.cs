using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>The checks that every provider makes on the arguments of a matrix product.</summary>
internal static class GemmArguments
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check<T>(bool transB, int m, int n, int k, int lda, int ldb, int ldc)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double)) ThrowType<T>();
        if ((m | n | k) < 0) ThrowSize(m, n, k);
        if (lda < Math.Max(1, k)) ThrowDistance("lda", lda, k);
        if (ldb < Math.Max(1, transB ? k : n)) ThrowDistance("ldb", ldb, transB ? k : n);
        if (ldc < Math.Max(1, n)) ThrowDistance("ldc", ldc, n);
    }

    private static void ThrowType<T>() => throw new NotSupportedException(
        $"Matrices of {typeof(T).Name} can't be multiplied; take float or double.");

    private static void ThrowSize(int m, int n, int k) => throw new ArgumentOutOfRangeException(
        nameof(m), $"A matrix product of {m} x {k} by {k} x {n} has a negative size.");

    private static void ThrowDistance(string name, int value, int row) => throw new ArgumentOutOfRangeException(
        name, value, $"The distance from one row to the next must be at least the row's length, {Math.Max(1, row)}.");
}
