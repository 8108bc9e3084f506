using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Plumes;

/// <summary>
/// A <see cref="Plume"/> in which a slip of the pen is left on purpose: its gradient has the sign of a force. Potentials are right, and a run looks well; <see cref="KernelCheck"/> holds the gradient
/// against differences of the potential and says what is wrong.
/// </summary>
/// <param name="Sound">The kernel without the slip.</param>
public readonly record struct SlippedPlume(Plume Sound) : IKernel<SlippedPlume>
{
    /// <inheritdoc/>
    public static string Name => "slipped-plume";

    /// <inheritdoc/>
    public static int SourceComponents => 1;

    /// <inheritdoc/>
    public static int PotentialComponents => 1;

    /// <inheritdoc/>
    public static double Normalisation(SlippedPlume kernel) => Plume.Normalisation(kernel.Sound);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(SlippedPlume kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister> => Plume.Block(kernel.Sound, dx, dy, dz);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => Plume.AddPotential(block, charge, ref sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister value = block.A * charge.Q0;
        sum.G0X = TRegister.NegatedMultiplyAdd(value, block.X, sum.G0X);
        sum.G0Y = TRegister.NegatedMultiplyAdd(value, block.Y, sum.G0Y);
        sum.G0Z = TRegister.NegatedMultiplyAdd(value, block.Z, sum.G0Z);
    }
}
