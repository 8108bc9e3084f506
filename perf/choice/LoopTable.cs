using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>The loops of the calibration in every width, for the table of reference costs.</summary>
internal static class LoopTable
{
    public static void Run(TextWriter output)
    {
        output.WriteLine("# seconds: a pair, a pair with gradient, a flop of the multiplication; pairs of Yukawa over what their flops let expect");
        Row<float, Lane512<float>>(output, "single 512");
        Row<float, Lane256<float>>(output, "single 256");
        Row<float, Lane128<float>>(output, "single 128");
        Row<float, Lane1<float>>(output, "single 1");
        Row<double, Lane512<double>>(output, "double 512");
        Row<double, Lane256<double>>(output, "double 256");
        Row<double, Lane128<double>>(output, "double 128");
        Row<double, Lane1<double>>(output, "double 1");
    }

    private static void Row<T, TLane>(TextWriter output, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
    {
        LoopSeconds potential = Best<Laplace, T, TLane>(gradient: false), gradient = Best<Laplace, T, TLane>(gradient: true);
        double yukawa = Best<Yukawa, T, TLane>(gradient: false).Pair / potential.Pair * Laplace.PairFlops(false) / Yukawa.PairFlops(false);
        double yukawaGradient = Best<Yukawa, T, TLane>(gradient: true).Pair / gradient.Pair * Laplace.PairFlops(true) / Yukawa.PairFlops(true);
        output.WriteLine($"{name,-12}({potential.Pair:0.00e+0}, {gradient.Pair:0.00e+0}, {potential.TransferFlop:0.00e+0}),   yukawa {yukawa:0.00} {yukawaGradient:0.00}");
    }

    private static LoopSeconds Best<TKernel, T, TLane>(bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
    {
        LoopSeconds best = new(double.PositiveInfinity, double.PositiveInfinity);
        for (int i = 0; i < 10; i++)
        {
            LoopSeconds one = CalibrationLoop<TKernel, T, TLane>.Measure(default, gradient);
            best = new LoopSeconds(Math.Min(best.Pair, one.Pair), Math.Min(best.TransferFlop, one.TransferFlop));
        }
        return best;
    }
}
