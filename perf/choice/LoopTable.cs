using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>The loops of the calibration in every width, for the table of reference costs.</summary>
internal static class LoopTable
{
    public static void Run(TextWriter output)
    {
        output.WriteLine("# seconds: a pair, a pair with gradient, a flop of the multiplication; operations of a pair in whose time an exponential is done");
        Row<float, Register512<float>>(output, "single 512");
        Row<float, Register256<float>>(output, "single 256");
        Row<float, Register128<float>>(output, "single 128");
        Row<float, Register1<float>>(output, "single 1");
        Row<double, Register512<double>>(output, "double 512");
        Row<double, Register256<double>>(output, "double 256");
        Row<double, Register128<double>>(output, "double 128");
        Row<double, Register1<double>>(output, "double 1");
    }

    private static void Row<T, TRegister>(TextWriter output, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        LoopSeconds potential = Best<Laplace, T, TRegister>(gradient: false), gradient = Best<Laplace, T, TRegister>(gradient: true);
        double exponential = Exponential<T, TRegister>(potential, gradient: false), withGradient = Exponential<T, TRegister>(gradient, gradient: true);
        output.WriteLine($"{name,-12}({potential.Pair:0.00e+0}, {gradient.Pair:0.00e+0}, {potential.TransferFlop:0.00e+0}),   exponential ({exponential:0.0}, {withGradient:0.0})");
    }

    // What Yukawa's pair takes longer than its other operations.
    private static double Exponential<T, TRegister>(LoopSeconds laplace, bool gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        double flops = KernelFlops.Of(default(Laplace), gradient).OneWay;
        return (Best<Yukawa, T, TRegister>(gradient).Pair / laplace.Pair * flops) - KernelFlops.Of(default(Yukawa), gradient).OneWay;
    }

    private static LoopSeconds Best<TKernel, T, TRegister>(bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        LoopSeconds best = new(double.PositiveInfinity, double.PositiveInfinity);
        for (int i = 0; i < 10; i++)
        {
            LoopSeconds one = CalibrationLoop<TKernel, T, TRegister>.Measure(default, gradient);
            best = new LoopSeconds(Math.Min(best.Pair, one.Pair), Math.Min(best.TransferFlop, one.TransferFlop));
        }
        return best;
    }
}
