using System.Numerics;

namespace Fmm.Systems;

/// <summary>A stored density as charges of its surface points.</summary>
internal static unsafe class Density
{
    /// <summary>Component-major and scaled by h^g to point-major and true: charge[p][c] = density[c][p] times scale.</summary>
    public static void Place<T>(T* density, T* charges, int points, int components, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int c = 0; c < components; c++)
            for (int p = 0; p < points; p++) charges[(p * components) + c] = density[(c * points) + p] * scale;
    }
}
