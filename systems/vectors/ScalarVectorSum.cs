using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary><see cref="VectorSum{TKernel, T, TRegister}"/> for kernels of one number a source and one a target: with less to inline, the JIT takes more vectors at once.</summary>
internal static unsafe class ScalarVectorSum<TKernel, T, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Most vectors of <see cref="Potentials(int, TKernel, PointList{T}, PointList{T}, T*, int, T*, int)"/>.</summary>
    public const int Most = 10;

    /// <summary>The potentials of an even number of vectors.</summary>
    public static void Potentials(int count, TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, int step, T* sums, int stride)
    {
        if (count == 10) Potentials<Ten>(kernel, targets, sources, charges, step, sums, stride);
        else if (count == 8) Potentials<Eight>(kernel, targets, sources, charges, step, sums, stride);
        else if (count == 6) Potentials<Six>(kernel, targets, sources, charges, step, sums, stride);
        else if (count == 4) Potentials<Four>(kernel, targets, sources, charges, step, sums, stride);
        else Potentials<Two>(kernel, targets, sources, charges, step, sums, stride);
    }

    /// <summary>Potentials and gradients of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradients(TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, int step, T* sums, int stride)
    {
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TRegister.Count)
        {
            TRegister x = TRegister.Load(targets.X + t), y = TRegister.Load(targets.Y + t), z = TRegister.Load(targets.Z + t);
            FieldSum<TRegister> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++, charge += step)
            {
                PairBlock<TRegister> block = TKernel.Block(kernel, x - TRegister.Broadcast(sx + s), y - TRegister.Broadcast(sy + s), z - TRegister.Broadcast(sz + s));
                Act(block, charge, ref sum0);
                Act(block, charge + 1, ref sum1);
                Act(block, charge + 2, ref sum2);
                Act(block, charge + 3, ref sum3);
            }
            T* to = sums + t;
            Put(sum0, to, stride);
            Put(sum1, to += 4 * stride, stride);
            Put(sum2, to += 4 * stride, stride);
            Put(sum3, to += 4 * stride, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Potentials<TCount>(TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, int step, T* sums, int stride)
        where TCount : struct, ICount
    {
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TRegister.Count)
        {
            TRegister x = TRegister.Load(targets.X + t), y = TRegister.Load(targets.Y + t), z = TRegister.Load(targets.Z + t);
            FieldSum<TRegister> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default, sum6 = default, sum7 = default, sum8 = default, sum9 = default;
            PairCharge<TRegister> q = default;
            T* charge = charges, to = sums + t;
            for (int s = 0; s < sources.Count; s++, charge += step)
            {
                PairBlock<TRegister> block = TKernel.Block(kernel, x - TRegister.Broadcast(sx + s), y - TRegister.Broadcast(sy + s), z - TRegister.Broadcast(sz + s));
                q.Q0 = TRegister.Broadcast(charge);
                TKernel.AddPotential(block, q, ref sum0);
                q.Q0 = TRegister.Broadcast(charge + 1);
                TKernel.AddPotential(block, q, ref sum1);
                if (TCount.Value > 2)
                {
                    q.Q0 = TRegister.Broadcast(charge + 2);
                    TKernel.AddPotential(block, q, ref sum2);
                    q.Q0 = TRegister.Broadcast(charge + 3);
                    TKernel.AddPotential(block, q, ref sum3);
                }
                if (TCount.Value > 4)
                {
                    q.Q0 = TRegister.Broadcast(charge + 4);
                    TKernel.AddPotential(block, q, ref sum4);
                    q.Q0 = TRegister.Broadcast(charge + 5);
                    TKernel.AddPotential(block, q, ref sum5);
                }
                if (TCount.Value > 6)
                {
                    q.Q0 = TRegister.Broadcast(charge + 6);
                    TKernel.AddPotential(block, q, ref sum6);
                    q.Q0 = TRegister.Broadcast(charge + 7);
                    TKernel.AddPotential(block, q, ref sum7);
                }
                if (TCount.Value > 8)
                {
                    q.Q0 = TRegister.Broadcast(charge + 8);
                    TKernel.AddPotential(block, q, ref sum8);
                    q.Q0 = TRegister.Broadcast(charge + 9);
                    TKernel.AddPotential(block, q, ref sum9);
                }
            }
            TRegister.Store(TRegister.Load(to) + sum0.P0, to);
            TRegister.Store(TRegister.Load(to += stride) + sum1.P0, to);
            if (TCount.Value > 2)
            {
                TRegister.Store(TRegister.Load(to += stride) + sum2.P0, to);
                TRegister.Store(TRegister.Load(to += stride) + sum3.P0, to);
            }
            if (TCount.Value > 4)
            {
                TRegister.Store(TRegister.Load(to += stride) + sum4.P0, to);
                TRegister.Store(TRegister.Load(to += stride) + sum5.P0, to);
            }
            if (TCount.Value > 6)
            {
                TRegister.Store(TRegister.Load(to += stride) + sum6.P0, to);
                TRegister.Store(TRegister.Load(to += stride) + sum7.P0, to);
            }
            if (TCount.Value > 8)
            {
                TRegister.Store(TRegister.Load(to += stride) + sum8.P0, to);
                TRegister.Store(TRegister.Load(to += stride) + sum9.P0, to);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Act(in PairBlock<TRegister> block, T* charge, ref FieldSum<TRegister> sum)
    {
        PairCharge<TRegister> q = new() { Q0 = TRegister.Broadcast(charge) };
        TKernel.AddPotential(block, q, ref sum);
        TKernel.AddGradient(block, q, ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(in FieldSum<TRegister> sum, T* to, int stride)
    {
        TRegister.Store(TRegister.Load(to) + sum.P0, to);
        TRegister.Store(TRegister.Load(to + stride) + sum.G0X, to + stride);
        TRegister.Store(TRegister.Load(to + (2 * stride)) + sum.G0Y, to + (2 * stride));
        TRegister.Store(TRegister.Load(to + (3 * stride)) + sum.G0Z, to + (3 * stride));
    }

    // A number of vectors as a type: the JIT compiles one loop for each.
    private interface ICount
    {
        static abstract int Value { get; }
    }

    private readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    private readonly struct Four : ICount
    {
        public static int Value => 4;
    }

    private readonly struct Six : ICount
    {
        public static int Value => 6;
    }

    private readonly struct Eight : ICount
    {
        public static int Value => 8;
    }

    private readonly struct Ten : ICount
    {
        public static int Value => 10;
    }
}
