using System.Numerics;

namespace Fmm.Systems;

/// <summary>Sums by column to rows of a field column.</summary>
internal static unsafe class FieldRows
{
    /// <summary>row[c] = factor times sum, for all targets and components.</summary>
    public static void Set<T>(T* sums, int stride, int components, int targets, T factor, T* rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < components; c++)
        {
            for (int t = 0; t < targets; t++) rows[(t * components) + c] = sums[(c * stride) + t] * factor;
        }
    }

    /// <summary>row[c] += factor times sum, for all targets and components.</summary>
    public static void Add<T>(T* sums, int stride, int components, int targets, T factor, T* rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < components; c++)
        {
            for (int t = 0; t < targets; t++) rows[(t * components) + c] += sums[(c * stride) + t] * factor;
        }
    }
}
