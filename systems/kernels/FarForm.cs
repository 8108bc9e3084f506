using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>What the far field of a kernel is made of: its formula beyond <see cref="IKernel{TSelf}.Reach"/>, as a kernel of its own.</summary>
internal readonly struct FarForm<TKernel>(TKernel kernel) : IKernel<FarForm<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly TKernel _kernel = kernel;

    public static string Name => TKernel.Name;

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.FarDegree;

    public static bool IsVector => TKernel.IsVector;

    public static KernelParity Parity => TKernel.Parity;

    public static string Parameters(FarForm<TKernel> kernel) => Degree is null ? TKernel.Parameters(kernel._kernel) : "";

    public static double Normalisation(FarForm<TKernel> kernel) => TKernel.Normalisation(kernel._kernel);

    public static double Wavelength(FarForm<TKernel> kernel) => TKernel.Wavelength(kernel._kernel);

    public static bool TryRescale(FarForm<TKernel> kernel, double unit, out FarForm<TKernel> rescaled, out double factor)
    {
        bool can = TKernel.TryRescale(kernel._kernel, unit, out TKernel inner, out factor);
        rescaled = new FarForm<TKernel>(inner);
        return can;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(FarForm<TKernel> kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.FarBlock(kernel._kernel, dx, dy, dz);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddPotential(block, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddGradient(block, charge, ref sum);
}
