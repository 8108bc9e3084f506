using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A kernel of the distance alone, K(d) = phi(|d|^2), one number a source and one a target. Its name and its <see cref="Profile"/> are all that
/// it has to give: gradient, mutual evaluation and scalar reference follow from them.
/// </summary>
/// <remarks>
/// A kernel with a length of its own may add <see cref="IKernel{TSelf}.TryRescale"/>, so that it is computed in any unit of length; a homogeneous
/// one says its <see cref="IKernel{TSelf}.Degree"/>, and then needs one set of operators for all levels.
/// </remarks>
/// <typeparam name="TSelf">The kernel itself.</typeparam>
public interface IRadialKernel<TSelf> : IKernel<TSelf>
    where TSelf : unmanaged, IRadialKernel<TSelf>
{
    /// <summary>The formula, without <see cref="IKernel{TSelf}.Normalisation"/>. What a sum does not ask for costs nothing.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="r2">Squared distances. 0 where two points coincide: there <see cref="IRegister{TSelf}.InverseSqrt"/> is 0.</param>
    /// <param name="phi">The potential of a unit charge.</param>
    /// <param name="force">-(dphi/dr) / r: the field -grad phi is this times the offset. For phi = 1/r it is 1/r^3.</param>
    static abstract void Profile<TRegister>(TSelf kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>;

    /// <inheritdoc/>
    static int IKernel<TSelf>.SourceComponents => 1;

    /// <inheritdoc/>
    static int IKernel<TSelf>.PotentialComponents => 1;

    /// <inheritdoc/>
    static bool IKernel<TSelf>.IsRadial => true;

    /// <inheritdoc/>
    static KernelParity IKernel<TSelf>.Parity => KernelParity.Even;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static PairBlock<TRegister> IKernel<TSelf>.Block<TRegister>(TSelf kernel, TRegister dx, TRegister dy, TRegister dz)
    {
        Unsafe.SkipInit(out PairBlock<TRegister> block);
        TSelf.Profile(kernel, TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)), out block.A, out block.B);
        block.X = dx;
        block.Y = dy;
        block.Z = dz;
        return block;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<TSelf>.AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum) =>
        sum.P0 = TRegister.MultiplyAdd(block.A, charge.Q0, sum.P0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<TSelf>.AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
    {
        TRegister force = block.B * charge.Q0;
        sum.G0X = TRegister.NegatedMultiplyAdd(force, block.X, sum.G0X);
        sum.G0Y = TRegister.NegatedMultiplyAdd(force, block.Y, sum.G0Y);
        sum.G0Z = TRegister.NegatedMultiplyAdd(force, block.Z, sum.G0Z);
    }
}
