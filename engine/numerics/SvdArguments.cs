using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>The checks that every provider makes on the arguments of a decomposition.</summary>
internal static class SvdArguments
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Check(double[] a, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (a.LongLength != (long)rows * columns)
            throw new ArgumentException($"A {rows} x {columns} matrix has {(long)rows * columns} elements; the array has {a.LongLength}.", nameof(a));

        // LAPACK may loop for ever on them.
        for (int i = 0; i < a.Length; i++)
        {
            if (double.IsFinite(a[i])) continue;
            throw new ArgumentException($"Row {i / columns}, column {i % columns} is {a[i]}; every element must be finite.", nameof(a));
        }
    }
}
