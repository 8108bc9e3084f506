using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A fundamental solution K(d), d = target - source: one struct that holds the parameters, with a formula that every loop is compiled for.
/// Near field, surfaces, translations and lists come with it. A kernel of the distance alone is simpler: <see cref="IRadialKernel{TSelf}"/>.
/// </summary>
/// <remarks>
/// The formula stands in two stages. <see cref="Block"/> makes of an offset what no charge is needed for; <see cref="AddPotential"/> and
/// <see cref="AddGradient"/> let that act on a charge. The loops put them together: target by target, both ends of a pair at once, number by
/// number as scalar reference.
/// <para>
/// The method needs K to be smooth away from 0 and to solve an elliptic equation without sources there, so that a density
/// on a surface can stand for the sources inside (Ying, Biros and Zorin 2004, section 2).
/// </para>
/// <para>
/// Each method of a formula carries <c>[MethodImpl(MethodImplOptions.AggressiveInlining)]</c>: one that the JIT calls in place of inlining it
/// makes the near field several times slower (<see cref="KernelCheck"/> tells which lack it).
/// </para>
/// </remarks>
/// <typeparam name="TSelf">The kernel itself.</typeparam>
public interface IKernel<TSelf>
    where TSelf : unmanaged, IKernel<TSelf>
{
    /// <summary>Name by which the command and the reports know it, lower case.</summary>
    static abstract string Name { get; }

    /// <summary>Numbers a source carries, 1 to 6.</summary>
    static abstract int SourceComponents { get; }

    /// <summary>Numbers a target's potential has: 1 to 3, or up to 9 of a kernel without gradients.</summary>
    static abstract int PotentialComponents { get; }

    /// <summary>
    /// The degree g with K(s d) = s^g K(d) for all s &gt; 0, if there is one: then one set of operators serves all levels.
    /// Null, as by default, for a kernel with a length of its own.
    /// </summary>
    static virtual int? Degree => null;

    /// <summary>
    /// True where three components behave as those of a vector under reflections of space (Stokes), be it an axial one (vorticity), or the last three of
    /// four, or six as those of a symmetric tensor (a double layer); false where the kernel depends on |d| alone (Laplace). The precomputation splits its linear problems by parity with it, if trial
    /// confirms it. By default three components, and the last three of four, are a vector, and six a tensor.
    /// </summary>
    static virtual bool IsVector => TSelf.SourceComponents >= 3 || TSelf.PotentialComponents is 3 or 6;

    /// <summary>Whether K(-d) is K(d) or its negative: an even or odd kernel's near pairs are evaluated once for both points.</summary>
    static virtual KernelParity Parity => KernelParity.None;

    /// <summary>
    /// The length over which the kernel oscillates, infinite for one that does not, as by default: what a warning names where boxes are too wide in
    /// it for their order.
    /// </summary>
    static virtual double Wavelength(TSelf kernel) => double.PositiveInfinity;

    /// <summary>Whether the formula is that of an <see cref="IRadialKernel{TSelf}"/>.</summary>
    internal static virtual bool IsRadial => false;

    /// <summary>Whether the time that a pair takes is an instance's own, since it calls a function of a host's, and not that of the type's formula.</summary>
    internal static virtual bool HasOwnTime => false;

    /// <summary>Factor that the formula leaves out and that is applied to finished sums, such as 1/(4 pi); 1 by default.</summary>
    static virtual double Normalisation(TSelf kernel) => 1;

    /// <summary>
    /// The parameters as text, such as <c>k=5</c>; by default the members of a record, empty for another struct.
    /// </summary>
    static virtual string Parameters(TSelf kernel) => KernelParameters.Of(kernel);

    /// <summary>
    /// The kernel in another unit of length: K(unit d) = factor K'(d). With it lengths are scaled by the domain, so that no unit that the
    /// user's points come in leaves the range of the working precision. A kernel with a <see cref="Degree"/> has it already; one with a
    /// length of its own gives itself with that length in the new unit, or false, and then computes in the user's unit.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="unit">The new unit in the old one, a power of two.</param>
    /// <param name="rescaled">K'.</param>
    /// <param name="factor">The factor.</param>
    static virtual bool TryRescale(TSelf kernel, double unit, out TSelf rescaled, out double factor)
    {
        rescaled = kernel;
        factor = Math.Pow(unit, TSelf.Degree ?? 0);
        return TSelf.Degree is not null || unit == 1;
    }

    /// <summary>
    /// Whether the formula is strength exp(-screening |d|) / |d|, at the distances of another box's points at least: then the box may repeat
    /// (<see cref="FmmOptions.Periodic"/>). By default it is not.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="strength">The factor, without <see cref="Normalisation"/>.</param>
    /// <param name="screening">The inverse length, 0 for 1/|d|.</param>
    static virtual bool TryScreened(TSelf kernel, out double strength, out double screening)
    {
        (strength, screening) = (0, 0);
        return false;
    }

    /// <summary>The first stage: what the pairs' offsets alone decide, without <see cref="Normalisation"/>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="dx">Target minus source along x.</param>
    /// <param name="dy">Target minus source along y.</param>
    /// <param name="dz">Target minus source along z.</param>
    static abstract PairBlock<TRegister> Block<TRegister>(TSelf kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>;

    /// <summary>
    /// Whether the far field is that of another formula, <see cref="FarBlock"/>, which solves an elliptic equation where the kernel itself does not (softened
    /// gravity): expansions are made of it, and leaves are no narrower than <see cref="Reach"/>.
    /// </summary>
    static virtual bool HasFarForm => false;

    /// <summary>The distance beyond which <see cref="FarBlock"/> is <see cref="Block"/>, in the points' unit.</summary>
    static virtual double Reach(TSelf kernel) => 0;

    /// <summary>The degree of the far formula, see <see cref="Degree"/>.</summary>
    static virtual int? FarDegree => TSelf.Degree;

    /// <summary>The first stage of the far formula.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="dx">Target minus source along x.</param>
    /// <param name="dy">Target minus source along y.</param>
    /// <param name="dz">Target minus source along z.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual PairBlock<TRegister> FarBlock<TRegister>(TSelf kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister> => TSelf.Block(kernel, dx, dy, dz);

    /// <summary>The second stage: adds K(d) <paramref name="charge"/> to the potentials.</summary>
    /// <param name="block">The first stage's result.</param>
    /// <param name="charge">The charges.</param>
    /// <param name="sum">The sums: P0 on.</param>
    static abstract void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>;

    /// <summary>
    /// The second stage of the gradient: adds the derivatives of K(d) <paramref name="charge"/> with respect to the target. A kernel without it
    /// serves for potentials alone.
    /// </summary>
    /// <param name="block">The first stage's result.</param>
    /// <param name="charge">The charges.</param>
    /// <param name="sum">The sums: G0X to G2Z.</param>
    static virtual void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> =>
        throw new NotSupportedException($"The kernel {TSelf.Name} has no gradient: implement AddGradient, or ask for the potential alone.");

    /// <summary>Whether <see cref="AddHessian"/> is there, for <see cref="FmmOptions.Hessian"/>; a kernel of one number a target, with one formula near and far, may have it.</summary>
    static virtual bool HasHessian => false;

    /// <summary>
    /// The second stage of the second derivatives: adds those of K(d) <paramref name="charge"/> with respect to the target. Left out, as by default, the kernel serves
    /// for potentials and gradients.
    /// </summary>
    /// <param name="block">The first stage's result.</param>
    /// <param name="charge">The charges.</param>
    /// <param name="sum">The sums.</param>
    static virtual void AddHessian<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref HessianSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> =>
        throw new NotSupportedException($"The kernel {TSelf.Name} has no second derivatives: implement AddHessian and HasHessian, or leave FmmOptions.Hessian out.");

    /// <summary>
    /// The kernel's matrix with <see cref="Normalisation"/>, <see cref="PotentialComponents"/> rows by <see cref="SourceComponents"/> columns, 0
    /// at d = 0: what the operators are made of. By default the formula's, in double precision; a kernel that states it anew is checked
    /// against its formula.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual void Evaluate(TSelf kernel, double dx, double dy, double dz, Span<double> matrix) =>
        KernelMatrix.OfFormula(kernel, dx, dy, dz, matrix);

    /// <summary>
    /// The matrix's derivatives with respect to the target: row 3 c + a is the derivative of component c along axis a. By default the formula's.
    /// </summary>
    static virtual void EvaluateGradient(TSelf kernel, double dx, double dy, double dz, Span<double> matrix) =>
        KernelMatrix.OfFormulaGradient(kernel, dx, dy, dz, matrix);
}
