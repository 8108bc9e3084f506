using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Every source acts on every target with several charges at once: the kernel's first stage once a pair, its second once a vector. The same as
/// <see cref="DirectSum{TKernel, T, TRegister}"/> for each vector, but for the rounding of sums in another order.
/// </summary>
/// <remarks>
/// As many vectors go together as leave their sums in registers and their code to the JIT, which inlines so much and no more: ten of one number, four with its
/// gradient, two of more numbers. So there are even numbers of them alone.
/// </remarks>
internal static unsafe class VectorSum<TKernel, T, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    // Sources at a time: with their charges they stay in the first-level cache while targets come and go.
    private const int Bytes = 24 << 10;

    /// <summary>Adds the fields of all vectors to columns of sums, those of a vector together.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="vectors">How many vectors, an even number.</param>
    /// <param name="targets">Targets; their columns are readable up to whole groups.</param>
    /// <param name="sources">Sources, relative to the same centre.</param>
    /// <param name="charges">For each source its charges of all vectors, the components of a vector together.</param>
    /// <param name="sums">Columns.</param>
    /// <param name="stride">Numbers from one column to the next.</param>
    /// <param name="gradient">Whether derivatives are wanted.</param>
    public static void Add(TKernel kernel, int vectors, PointList<T> targets, PointList<T> sources, T* charges, T* sums, int stride, bool gradient)
    {
        int step = vectors * TKernel.SourceComponents, most = Math.Max(32, Bytes / (sizeof(T) * (3 + step)));
        for (int start = 0; start < sources.Count; start += most)
        {
            PointList<T> piece = new(sources.X + start, sources.Y + start, sources.Z + start, Math.Min(most, sources.Count - start));
            T* of = charges + ((nint)start * step);
            if (gradient) Add<PotentialWithGradient>(kernel, vectors, targets, piece, of, sums, stride);
            else Add<PotentialAlone>(kernel, vectors, targets, piece, of, sums, stride);
        }
    }

    private static void Add<TPart>(TKernel kernel, int vectors, PointList<T> targets, PointList<T> sources, T* charges, T* sums, int stride)
        where TPart : struct, IFieldPart
    {
        int components = DirectSum<TKernel, T, TRegister>.Components(TPart.Gradient), step = vectors * TKernel.SourceComponents;
        bool scalar = TKernel.PotentialComponents == 1 && TKernel.SourceComponents == 1;
        for (int vector = 0, together; vector < vectors; vector += together)
        {
            T* of = charges + (vector * TKernel.SourceComponents), to = sums + ((nint)vector * components * stride);
            int left = vectors - vector;
            if (scalar && !TPart.Gradient)
            {
                together = Math.Min(10, left);
                switch (together)
                {
                    case 10: Scalar<Ten>(kernel, targets, sources, of, step, to, stride); break;
                    case 8: Scalar<Eight>(kernel, targets, sources, of, step, to, stride); break;
                    case 6: Scalar<Six>(kernel, targets, sources, of, step, to, stride); break;
                    case 4: Scalar<Four>(kernel, targets, sources, of, step, to, stride); break;
                    default: Scalar<Two>(kernel, targets, sources, of, step, to, stride); break;
                }
                continue;
            }
            together = scalar && left >= 4 ? 4 : 2;
            if (together == 4) Quad<TPart>(kernel, targets, sources, of, step, to, stride);
            else Pair<TPart>(kernel, targets, sources, of, step, to, stride);
        }
    }

    // One number a source and a target.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scalar<TCount>(TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, int step, T* sums, int stride)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quad<TPart>(TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, int step, T* sums, int stride)
        where TPart : struct, IFieldPart
    {
        nint next = TPart.Gradient ? 4 * (nint)stride : stride;
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TRegister.Count)
        {
            TRegister x = TRegister.Load(targets.X + t), y = TRegister.Load(targets.Y + t), z = TRegister.Load(targets.Z + t);
            FieldSum<TRegister> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++, charge += step)
            {
                PairBlock<TRegister> block = TKernel.Block(kernel, x - TRegister.Broadcast(sx + s), y - TRegister.Broadcast(sy + s), z - TRegister.Broadcast(sz + s));
                ActOne<TPart>(block, charge, ref sum0);
                ActOne<TPart>(block, charge + 1, ref sum1);
                ActOne<TPart>(block, charge + 2, ref sum2);
                ActOne<TPart>(block, charge + 3, ref sum3);
            }
            T* to = sums + t;
            PutOne<TPart>(sum0, to, stride);
            PutOne<TPart>(sum1, to += next, stride);
            PutOne<TPart>(sum2, to += next, stride);
            PutOne<TPart>(sum3, to += next, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pair<TPart>(TKernel kernel, PointList<T> targets, PointList<T> sources, T* charges, int step, T* sums, int stride)
        where TPart : struct, IFieldPart
    {
        nint next = DirectSum<TKernel, T, TRegister>.Components(TPart.Gradient) * (nint)stride;
        T* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TRegister.Count)
        {
            TRegister x = TRegister.Load(targets.X + t), y = TRegister.Load(targets.Y + t), z = TRegister.Load(targets.Z + t);
            FieldSum<TRegister> sum0 = default, sum1 = default;
            T* charge = charges;
            for (int s = 0; s < sources.Count; s++, charge += step)
            {
                PairBlock<TRegister> block = TKernel.Block(kernel, x - TRegister.Broadcast(sx + s), y - TRegister.Broadcast(sy + s), z - TRegister.Broadcast(sz + s));
                Act<TPart>(block, charge, ref sum0);
                Act<TPart>(block, charge + TKernel.SourceComponents, ref sum1);
            }
            DirectSum<TKernel, T, TRegister>.AddSums<TPart>(sum0, sums + t, stride);
            DirectSum<TKernel, T, TRegister>.AddSums<TPart>(sum1, sums + t + next, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Act<TPart>(in PairBlock<TRegister> block, T* charge, ref FieldSum<TRegister> sum)
        where TPart : struct, IFieldPart
    {
        PairCharge<TRegister> q = default;
        ChargeRegisters<TKernel, T, TRegister>.Broadcast(charge, ref q);
        TKernel.AddPotential(block, q, ref sum);
        if (TPart.Gradient) TKernel.AddGradient(block, q, ref sum);
    }

    // One number a source and a target: as Act, and as DirectSum puts sums down, with less for the JIT to look at.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ActOne<TPart>(in PairBlock<TRegister> block, T* charge, ref FieldSum<TRegister> sum)
        where TPart : struct, IFieldPart
    {
        PairCharge<TRegister> q = new() { Q0 = TRegister.Broadcast(charge) };
        TKernel.AddPotential(block, q, ref sum);
        if (TPart.Gradient) TKernel.AddGradient(block, q, ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutOne<TPart>(in FieldSum<TRegister> sum, T* to, int stride)
        where TPart : struct, IFieldPart
    {
        TRegister.Store(TRegister.Load(to) + sum.P0, to);
        if (!TPart.Gradient) return;
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
