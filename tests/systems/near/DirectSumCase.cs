using System.Numerics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>One call of the inner loop, from points to fields: all potentials by target, then all derivatives by target.</summary>
internal static unsafe class DirectSumCase<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static double[] Run<TKernel>(
        TKernel kernel, Position[] targets, Position[] sources, double[] charges, bool gradient, double start)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int stride = DirectSum<TKernel, T, TRegister>.Padded(targets.Length) + 3;
        int components = DirectSum<TKernel, T, TRegister>.Components(gradient), potentials = TKernel.PotentialComponents;
        T[] t = Columns(targets, stride), s = Columns(sources, sources.Length), q = [.. charges.Select(T.CreateTruncating), T.Zero];
        T[] sums = new T[components * stride];
        Array.Fill(sums, T.CreateTruncating(start));
        fixed (T* pt = t, ps = s, pq = q, pSums = sums)
        {
            PointList<T> from = new(ps, ps + sources.Length, ps + (2 * sources.Length), sources.Length);
            PointList<T> to = new(pt, pt + stride, pt + (2 * stride), targets.Length);
            DirectSum<TKernel, T, TRegister>.Add(kernel, to, from, pq, pSums, stride, gradient);
        }
        double[] field = new double[targets.Length * components];
        for (int i = 0; i < targets.Length; i++)
        {
            for (int c = 0; c < components; c++)
            {
                int slopes = components - potentials;
                int place = c < potentials ? (i * potentials) + c : (targets.Length * potentials) + (i * slopes) + c - potentials;
                field[place] = double.CreateTruncating(sums[(c * stride) + i]) * TKernel.Normalisation(kernel);
            }
        }
        return field;
    }

    private static T[] Columns(Position[] points, int stride)
    {
        T[] columns = new T[(3 * stride) + 64];
        for (int i = 0; i < points.Length; i++)
        {
            columns[i] = T.CreateTruncating(points[i].X);
            columns[stride + i] = T.CreateTruncating(points[i].Y);
            columns[(2 * stride) + i] = T.CreateTruncating(points[i].Z);
        }
        return columns;
    }
}
