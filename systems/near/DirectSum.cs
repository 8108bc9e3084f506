using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Every source of a list acts on every target of a list: P2P where sources and targets differ, P2L and M2P, whose lists are of
/// particles or of surface points. Targets lie across the lanes; a source is broadcast from the
/// first-level cache. Two registers of targets share a broadcast where the sums fit into the register file.
/// </summary>
internal static unsafe class DirectSum<TKernel, T, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Targets are handled in groups of this many: columns of targets and sums must be that much longer.</summary>
    public static int Group => 2 * TRegister.Count;

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
        for (int t = 0; t < targets.Count; t += 2 * TRegister.Count)
        {
            T* next = sums + t + TRegister.Count;
            TRegister x0 = TRegister.Load(targets.X + t), x1 = TRegister.Load(targets.X + t + TRegister.Count);
            TRegister y0 = TRegister.Load(targets.Y + t), y1 = TRegister.Load(targets.Y + t + TRegister.Count);
            TRegister z0 = TRegister.Load(targets.Z + t), z1 = TRegister.Load(targets.Z + t + TRegister.Count);
            FieldSum<TRegister> sum0 = default, sum1 = default;
            PairCharge<TRegister> q = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++)
            {
                TRegister x = TRegister.Broadcast(sx + s), y = TRegister.Broadcast(sy + s), z = TRegister.Broadcast(sz + s);
                ChargeRegisters<TKernel, T, TRegister>.Broadcast(charge, ref q);
                PairEvaluation<TKernel, TRegister, PotentialAlone>.OneWay(kernel, x0 - x, y0 - y, z0 - z, q, ref sum0);
                PairEvaluation<TKernel, TRegister, PotentialAlone>.OneWay(kernel, x1 - x, y1 - y, z1 - z, q, ref sum1);
                charge += TKernel.SourceComponents;
            }
            TRegister.Store(TRegister.Load(sums + t) + sum0.P0, sums + t);
            TRegister.Store(TRegister.Load(next) + sum1.P0, next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPotential(
        TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, T* sums, int sumStride)
    {
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TRegister.Count)
        {
            TRegister x = TRegister.Load(targets.X + t), y = TRegister.Load(targets.Y + t), z = TRegister.Load(targets.Z + t);
            FieldSum<TRegister> sum = default;
            PairCharge<TRegister> q = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++)
            {
                TRegister dx = x - TRegister.Broadcast(sx + s), dy = y - TRegister.Broadcast(sy + s), dz = z - TRegister.Broadcast(sz + s);
                ChargeRegisters<TKernel, T, TRegister>.Broadcast(charge, ref q);
                PairEvaluation<TKernel, TRegister, PotentialAlone>.OneWay(kernel, dx, dy, dz, q, ref sum);
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
        for (int t = 0; t < targets.Count; t += TRegister.Count)
        {
            TRegister x = TRegister.Load(targets.X + t), y = TRegister.Load(targets.Y + t), z = TRegister.Load(targets.Z + t);
            FieldSum<TRegister> sum = default;
            PairCharge<TRegister> q = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++)
            {
                TRegister dx = x - TRegister.Broadcast(sx + s), dy = y - TRegister.Broadcast(sy + s), dz = z - TRegister.Broadcast(sz + s);
                ChargeRegisters<TKernel, T, TRegister>.Broadcast(charge, ref q);
                PairEvaluation<TKernel, TRegister, PotentialWithGradient>.OneWay(kernel, dx, dy, dz, q, ref sum);
                charge += TKernel.SourceComponents;
            }
            AddSums<PotentialWithGradient>(sum, sums + t, sumStride);
        }
    }

    /// <summary>Adds registers of sums to their columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums<TPart>(in FieldSum<TRegister> sum, T* at, int sumStride)
        where TPart : struct, IFieldPart
    {
        AddPotentials(sum, at, sumStride);
        if (!TPart.Gradient) return;
        at += TKernel.PotentialComponents * sumStride;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPotentials(in FieldSum<TRegister> sum, T* at, int sumStride)
    {
        AddOne(sum.P0, at);
        if (TKernel.PotentialComponents > 1) AddOne(sum.P1, at + sumStride);
        if (TKernel.PotentialComponents > 2) AddOne(sum.P2, at + (2 * sumStride));
        if (TKernel.PotentialComponents > 3) AddOne(sum.P3, at + (3 * sumStride));
        if (TKernel.PotentialComponents > 4) AddOne(sum.P4, at + (4 * sumStride));
        if (TKernel.PotentialComponents > 5) AddOne(sum.P5, at + (5 * sumStride));
        if (TKernel.PotentialComponents > 6) AddOne(sum.P6, at + (6 * sumStride));
        if (TKernel.PotentialComponents > 7) AddOne(sum.P7, at + (7 * sumStride));
        if (TKernel.PotentialComponents > 8) AddOne(sum.P8, at + (8 * sumStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOne(TRegister value, T* at) => TRegister.Store(TRegister.Load(at) + value, at);
}
