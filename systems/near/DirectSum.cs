using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The one inner loop of the engine: every source of a list acts on every target of a list. P2P, P2M, P2L, L2P and M2P
/// are this loop over particles or surface points. Targets lie across the lanes, two registers at a time, so that a
/// source's broadcast serves both; sources stream from the first-level cache.
/// </summary>
internal static unsafe class DirectSum<TKernel, T, TLane>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Adds the sources' potentials to <paramref name="targets"/> points; columns are readable to whole double registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Potential(
        TKernel kernel, T* tx, T* ty, T* tz, int targets, T* sx, T* sy, T* sz, T* charges, int sources, T* output)
    {
        for (int t = 0; t < targets; t += 2 * TLane.Count)
        {
            TLane x0 = TLane.Load(tx + t), y0 = TLane.Load(ty + t), z0 = TLane.Load(tz + t);
            TLane x1 = TLane.Load(tx + t + TLane.Count), y1 = TLane.Load(ty + t + TLane.Count), z1 = TLane.Load(tz + t + TLane.Count);
            FieldSum<TLane> sum0 = default, sum1 = default;
            T* q = charges;
            for (int s = 0; s < sources; s++)
            {
                TLane x = TLane.Broadcast(sx + s), y = TLane.Broadcast(sy + s), z = TLane.Broadcast(sz + s);
                kernel.Potential<T, TLane>(x0 - x, y0 - y, z0 - z, q, ref sum0);
                kernel.Potential<T, TLane>(x1 - x, y1 - y, z1 - z, q, ref sum1);
                q += TKernel.SourceComponents;
            }
            TLane.Store(sum0.P0, output + t);
            TLane.Store(sum1.P0, output + t + TLane.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        TKernel kernel, T* tx, T* ty, T* tz, int targets, T* sx, T* sy, T* sz, T* charges, int sources, T* output)
    {
        for (int t = 0; t < targets; t += TLane.Count)
        {
            TLane x0 = TLane.Load(tx + t), y0 = TLane.Load(ty + t), z0 = TLane.Load(tz + t);
            FieldSum<TLane> sum0 = default;
            T* q = charges;
            for (int s = 0; s < sources; s++)
            {
                TLane x = TLane.Broadcast(sx + s), y = TLane.Broadcast(sy + s), z = TLane.Broadcast(sz + s);
                kernel.PotentialAndGradient<T, TLane>(x0 - x, y0 - y, z0 - z, q, ref sum0);
                q += TKernel.SourceComponents;
            }
            TLane.Store(sum0.P0, output + t);
            TLane.Store(sum0.G0X, output + t + 1000);
            TLane.Store(sum0.G0Y, output + t + 2000);
            TLane.Store(sum0.G0Z, output + t + 3000);
        }
    }
}
