using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A kernel whose pairs at distance zero are left out, where the kernel by itself would give something there, and those too close to be squared,
/// which are evaluated by themselves (<see cref="ExactPairField"/>). What is left out was never added, so that no digit is lost to it.
/// </summary>
internal readonly struct WithoutCoincident<TKernel>(TKernel kernel) : IKernel<WithoutCoincident<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    // 2^-340: powers of larger distances stay in range. Single precision has no smaller ones, and takes 0.
    private const double Least = 4.464794497196387e-103;
    private readonly TKernel _kernel = kernel;

    public static string Name => TKernel.Name;

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.Degree;

    public static bool IsVector => TKernel.IsVector;

    public static KernelParity Parity => TKernel.Parity;

    public static double Wavelength(WithoutCoincident<TKernel> kernel) => TKernel.Wavelength(kernel._kernel);

    public static string Parameters(WithoutCoincident<TKernel> kernel) => TKernel.Parameters(kernel._kernel);

    public static double Normalisation(WithoutCoincident<TKernel> kernel) => TKernel.Normalisation(kernel._kernel);

    public static bool TryRescale(WithoutCoincident<TKernel> kernel, double unit, out WithoutCoincident<TKernel> rescaled, out double factor)
    {
        bool can = TKernel.TryRescale(kernel._kernel, unit, out TKernel inner, out factor);
        rescaled = new WithoutCoincident<TKernel>(inner);
        return can;
    }

    public static void Evaluate(WithoutCoincident<TKernel> kernel, double dx, double dy, double dz, Span<double> matrix) =>
        TKernel.Evaluate(kernel._kernel, dx, dy, dz, matrix);

    public static void EvaluateGradient(WithoutCoincident<TKernel> kernel, double dx, double dy, double dz, Span<double> matrix) =>
        TKernel.EvaluateGradient(kernel._kernel, dx, dy, dz, matrix);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(WithoutCoincident<TKernel> kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        PairBlock<TRegister> block = TKernel.Block(kernel._kernel, dx, dy, dz);
        TRegister excess = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)) - TRegister.Constant(Least);
        block.A = TRegister.WherePositive(excess, block.A);
        block.B = TRegister.WherePositive(excess, block.B);
        block.C = TRegister.WherePositive(excess, block.C);
        block.D = TRegister.WherePositive(excess, block.D);
        return block;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddPotential(block, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddGradient(block, charge, ref sum);

    public static bool HasHessian => TKernel.HasHessian;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddHessian<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref HessianSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddHessian(block, charge, ref sum);
}
