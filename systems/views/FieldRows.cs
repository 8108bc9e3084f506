using System.Numerics;

namespace Fmm.Systems;

/// <summary>Sums by column to rows of a field column.</summary>
internal static unsafe class FieldRows
{
    /// <summary>row[c] = sum, for all targets and components.</summary>
    public static void Set<T>(T* sums, int stride, int components, int targets, T* rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < components; c++) for (int t = 0; t < targets; t++) rows[(t * components) + c] = sums[(c * stride) + t];
    }

    /// <summary>Whether all sums are finite.</summary>
    public static bool AreFinite<T>(T* sums, int stride, int components, int targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Zero times what is not finite is not a number.
        T total = T.Zero;
        for (int c = 0; c < components; c++)
        {
            int t = 0;
            Vector<T> wide = Vector<T>.Zero;
            for (; t + Vector<T>.Count <= targets; t += Vector<T>.Count) wide += Vector.Load(sums + (c * stride) + t) * T.Zero;
            total += Vector.Sum(wide);
            for (; t < targets; t++) total += sums[(c * stride) + t] * T.Zero;
        }
        return total == T.Zero;
    }

    /// <summary>row[c] += sum, for all targets and components.</summary>
    public static void Add<T>(T* sums, int stride, int components, int targets, T* rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < components; c++) for (int t = 0; t < targets; t++) rows[(t * components) + c] += sums[(c * stride) + t];
    }

    /// <summary>sum *= the factor of its component: the first <paramref name="potentials"/> are potentials, the others gradients.</summary>
    public static void Scale<T>(T* sums, int stride, int components, int potentials, int targets, double potential, double gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < components; c++)
        {
            T factor = T.CreateTruncating(c < potentials ? potential : gradient);
            for (int t = 0; t < targets; t++) sums[(c * stride) + t] *= factor;
        }
    }
}
