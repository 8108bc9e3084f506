using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A kernel's two stages put together, for the part of the field that a loop computes.</summary>
internal static class PairEvaluation<TKernel, TRegister, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where TRegister : unmanaged, IRegister<TRegister>
    where TPart : struct, IFieldPart
{
    /// <summary>Adds the field K(d) q of a source to the sums at its target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OneWay(TKernel kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, ref FieldSum<TRegister> atTarget)
    {
        PairBlock<TRegister> block = TKernel.Block(kernel, dx, dy, dz);
        TKernel.AddPotential(block, source, ref atTarget);
        if (TPart.Gradient) TKernel.AddGradient(block, source, ref atTarget);
    }

    /// <summary>
    /// Adds a pair's fields at both ends. The source's end, too, gets those of K(d), where its own are of K(-d) by -d: one of potential and
    /// gradient has the wrong sign there, which the <see cref="KernelParity"/> tells and the finished sums get right.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Mutual(
        TKernel kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        PairBlock<TRegister> block = TKernel.Block(kernel, dx, dy, dz);
        TKernel.AddPotential(block, target, ref atSource);
        TKernel.AddPotential(block, source, ref atTarget);
        if (!TPart.Gradient) return;
        TKernel.AddGradient(block, target, ref atSource);
        TKernel.AddGradient(block, source, ref atTarget);
    }

    /// <summary>What the potentials at a source's end must be multiplied by: -1 for an odd kernel.</summary>
    public static int PotentialSign => TKernel.Parity == KernelParity.Odd ? -1 : 1;

    /// <summary>What the gradients there must be multiplied by: -1 for an even kernel.</summary>
    public static int GradientSign => TKernel.Parity == KernelParity.Even ? -1 : 1;
}
