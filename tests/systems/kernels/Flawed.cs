using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>K = 1 / (4 r), with one thing that is not as it says.</summary>
public readonly struct Flawed<TFlaw> : IKernel<Flawed<TFlaw>>
    where TFlaw : struct, IFlaw
{
    public static string Name => "flawed";

    public static int SourceComponents => TFlaw.Sources;

    public static int PotentialComponents => TFlaw.Potentials;

    public static int? Degree => TFlaw.Degree;

    public static KernelParity Parity => TFlaw.Parity;

    public static double Normalisation(Flawed<TFlaw> kernel) => TFlaw.Normalisation;

    public static void Evaluate(Flawed<TFlaw> kernel, double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        for (int i = 0; i < TFlaw.Written; i++)
            matrix[i] = r2 == 0 ? (TFlaw.InfiniteAtZero ? double.PositiveInfinity : 0) : 0.25 * ((1 / Math.Sqrt(r2)) + (TFlaw.Lopsided * dx / r2));
    }

    public static void EvaluateGradient(Flawed<TFlaw> kernel, double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz), g = r2 == 0 ? 0 : -0.25 / (r2 * Math.Sqrt(r2));
        (matrix[0], matrix[1], matrix[2]) = (g * dx, g * dy, g * dz * TFlaw.ScalarSlope);
    }

    public static PairBlock<TRegister> Block<TRegister>(Flawed<TFlaw> kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz));
        TRegister phi = TRegister.Constant(TFlaw.Wide) * TRegister.MultiplyAdd(TRegister.Constant(TFlaw.Lopsided) * dx * inverse, inverse, inverse);
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = phi, B = inverse * inverse * inverse };
    }

    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister field = block.A * (TFlaw.Read == 0 ? charge.Q0 : charge.Q1);
        sum.P0 = TFlaw.Sets ? field : sum.P0 + field;
        if (TFlaw.AddsToSecond) sum.P1 += field;
        if (TFlaw.HasConstant) sum.P0 += TRegister.Constant(1e-12);
    }

    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        if (!TFlaw.HasGradient) throw new NotSupportedException();
        TRegister force = block.B * charge.Q0;
        sum.G0X -= force * block.X;
        sum.G0Y -= force * block.Y * TRegister.Constant(TFlaw.Slope);
        sum.G0Z -= force * block.Z;
    }
}
