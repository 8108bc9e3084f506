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
                together = Math.Min(ScalarVectorSum<TKernel, T, TRegister>.Most, left);
                ScalarVectorSum<TKernel, T, TRegister>.Potentials(together, kernel, targets, sources, of, step, to, stride);
                continue;
            }
            together = scalar && left >= 4 ? 4 : 2;
            if (together == 4) ScalarVectorSum<TKernel, T, TRegister>.Gradients(kernel, targets, sources, of, step, to, stride);
            else Pair<TPart>(kernel, targets, sources, of, step, to, stride);
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
}
