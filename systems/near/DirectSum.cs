using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Every source of a list acts on every target of a list: P2P where sources and targets differ, P2L and M2P, whose lists are of
/// particles or of surface points. Targets lie across the lanes; a source is broadcast from the
/// first-level cache. Two registers of targets share a broadcast where the sums fit into the register file.
/// </summary>
internal static unsafe class DirectSum<TKernel, T, TLane>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Targets are handled in groups of this many: columns of targets and sums must be that much longer.</summary>
    public static int Group => 2 * TLane.Count;

    /// <summary>Numbers a target's sums have.</summary>
    public static int Components(bool gradient) => TKernel.PotentialComponents * (gradient ? 4 : 1);

    /// <summary>The length of a sum's column for so many targets.</summary>
    public static int Padded(int targets) => (targets + Group - 1) / Group * Group;

    /// <summary>
    /// Adds the sources' fields, without the kernel's normalisation, to <paramref name="sums"/>: component c of target t at
    /// c times <paramref name="sumStride"/> plus t, potentials first, then the derivatives of component 0, 1, 2.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="targets">Targets; their columns are readable up to <see cref="Padded"/>.</param>
    /// <param name="sources">Sources, relative to the same centre.</param>
    /// <param name="charges">The components of each source together.</param>
    /// <param name="sums">Columns of at least <see cref="Padded"/> numbers.</param>
    /// <param name="sumStride">Numbers from one column of sums to the next.</param>
    /// <param name="gradient">Whether derivatives are wanted.</param>
    public static void Add(
        TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, T* sums, int sumStride, bool gradient)
    {
        if (sources.Count == 0) return;
        if (gradient) AddGradient(kernel, targets, sources, charges, sums, sumStride);
        else if (TKernel.PotentialComponents == 1) AddScalar(kernel, targets, sources, charges, sums);
        else AddPotential(kernel, targets, sources, charges, sums, sumStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScalar(TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, T* sums)
    {
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += 2 * TLane.Count)
        {
            T* next = sums + t + TLane.Count;
            TLane x0 = TLane.Load(targets.X + t), x1 = TLane.Load(targets.X + t + TLane.Count);
            TLane y0 = TLane.Load(targets.Y + t), y1 = TLane.Load(targets.Y + t + TLane.Count);
            TLane z0 = TLane.Load(targets.Z + t), z1 = TLane.Load(targets.Z + t + TLane.Count);
            FieldSum<TLane> sum0 = default, sum1 = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++)
            {
                TLane x = TLane.Broadcast(sx + s), y = TLane.Broadcast(sy + s), z = TLane.Broadcast(sz + s);
                kernel.Potential<T, TLane>(x0 - x, y0 - y, z0 - z, charge, ref sum0);
                kernel.Potential<T, TLane>(x1 - x, y1 - y, z1 - z, charge, ref sum1);
                charge += TKernel.SourceComponents;
            }
            TLane.Store(TLane.Load(sums + t) + sum0.P0, sums + t);
            TLane.Store(TLane.Load(next) + sum1.P0, next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPotential(
        TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, T* sums, int sumStride)
    {
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TLane.Count)
        {
            TLane x = TLane.Load(targets.X + t), y = TLane.Load(targets.Y + t), z = TLane.Load(targets.Z + t);
            FieldSum<TLane> sum = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++)
            {
                TLane dx = x - TLane.Broadcast(sx + s), dy = y - TLane.Broadcast(sy + s), dz = z - TLane.Broadcast(sz + s);
                kernel.Potential<T, TLane>(dx, dy, dz, charge, ref sum);
                charge += TKernel.SourceComponents;
            }
            AddPotentials(sum, sums + t, sumStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGradient(
        TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, T* sums, int sumStride)
    {
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TLane.Count)
        {
            TLane x = TLane.Load(targets.X + t), y = TLane.Load(targets.Y + t), z = TLane.Load(targets.Z + t);
            FieldSum<TLane> sum = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++)
            {
                TLane dx = x - TLane.Broadcast(sx + s), dy = y - TLane.Broadcast(sy + s), dz = z - TLane.Broadcast(sz + s);
                kernel.PotentialAndGradient<T, TLane>(dx, dy, dz, charge, ref sum);
                charge += TKernel.SourceComponents;
            }
            AddPotentials(sum, sums + t, sumStride);
            T* at = sums + t + (TKernel.PotentialComponents * sumStride);
            AddOne(sum.G0X, at);
            AddOne(sum.G0Y, at + sumStride);
            AddOne(sum.G0Z, at + (2 * sumStride));
            if (TKernel.PotentialComponents > 1)
            {
                AddOne(sum.G1X, at + (3 * sumStride));
                AddOne(sum.G1Y, at + (4 * sumStride));
                AddOne(sum.G1Z, at + (5 * sumStride));
            }
            if (TKernel.PotentialComponents > 2)
            {
                AddOne(sum.G2X, at + (6 * sumStride));
                AddOne(sum.G2Y, at + (7 * sumStride));
                AddOne(sum.G2Z, at + (8 * sumStride));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPotentials(in FieldSum<TLane> sum, T* at, int sumStride)
    {
        AddOne(sum.P0, at);
        if (TKernel.PotentialComponents > 1) AddOne(sum.P1, at + sumStride);
        if (TKernel.PotentialComponents > 2) AddOne(sum.P2, at + (2 * sumStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOne(TLane value, T* at) => TLane.Store(TLane.Load(at) + value, at);
}
