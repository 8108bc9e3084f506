using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A fundamental solution K(d), d = target - source. A kernel is one struct in one file: what it is (name, components,
/// homogeneity), the scalar reference, and the wide evaluation that every system is compiled for.
/// Near field, surfaces, translations and lists come with it.
/// </summary>
/// <remarks>
/// The method needs K to be smooth away from 0 and to solve an elliptic equation without sources there, so that a density
/// on a surface can stand for the sources inside (Ying, Biros and Zorin 2004, section 2).
/// <para>
/// A symmetric kernel may evaluate each near pair once for both points: it says <see cref="IsMutual"/> and adds the two mutual
/// evaluations, as <see cref="Laplace"/> does. With three components they read Q0, Q1, Q2 of either charge and add to P0, P1, P2 of
/// either sum; what is common to both sides (distance, root, the products of d) is computed once.
/// </para>
/// </remarks>
/// <typeparam name="TSelf">The kernel itself.</typeparam>
public unsafe interface IKernel<TSelf>
    where TSelf : unmanaged, IKernel<TSelf>
{
    /// <summary>Name by which the command and the reports know it, lower case.</summary>
    static abstract string Name { get; }

    /// <summary>Numbers a source carries, 1 to 3.</summary>
    static abstract int SourceComponents { get; }

    /// <summary>Numbers a target's potential has, 1 to 3.</summary>
    static abstract int PotentialComponents { get; }

    /// <summary>
    /// The degree g with K(s d) = s^g K(d) for all s &gt; 0, if there is one: then one set of operators serves all levels.
    /// Null for a kernel with a length of its own.
    /// </summary>
    static abstract int? Degree { get; }

    /// <summary>
    /// True where each component behaves as a component of a vector under reflections of space (Stokes), false where the
    /// kernel depends on |d| alone (Laplace). The precomputation uses it to split its linear problems by parity.
    /// </summary>
    static abstract bool IsVector { get; }

    /// <summary>Floating-point operations that a pair costs, for the reports: a reciprocal square root counts as one.</summary>
    static abstract int PairFlops(bool gradient);

    /// <summary>
    /// What a pair of the near field costs, counted in operations of the machine's simple kind: <see cref="PairFlops"/> by default. A kernel whose
    /// functions take longer than their operations say, such as an exponential, tells it here, so that the leaf capacity that is chosen suits it.
    /// </summary>
    /// <param name="precision">Precision of the hot loops.</param>
    /// <param name="width">Width of the registers.</param>
    /// <param name="gradient">Whether the gradient is computed.</param>
    static virtual double PairCost(Precision precision, RegisterWidth width, bool gradient) => TSelf.PairFlops(gradient);

    /// <summary>
    /// True if the kernel has <see cref="MutualPotential"/> and <see cref="MutualPotentialAndGradient"/>: then the near field of points
    /// that are sources and targets at once evaluates each pair once and adds to both. It asks for K(-d) = K(d)^T, and for as many
    /// components of a source as of a potential. False by default.
    /// </summary>
    static virtual bool IsMutual => false;

    /// <summary>
    /// True if the mutual evaluations give a first component at the source that is infinite or not a number wherever
    /// <see cref="IRegister{TSelf, T}.InverseSqrt"/> does: then the near field may leave out the look for coincident points, and does a run again
    /// where sums tell of some. False by default.
    /// </summary>
    static virtual bool ShowsCoincidence => false;

    /// <summary>
    /// Floating-point operations of one mutual evaluation, which serves both points of a pair; see <see cref="PairFlops"/>.
    /// </summary>
    static virtual int MutualPairFlops(bool gradient) => 2 * TSelf.PairFlops(gradient);

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

    /// <summary>The parameters as text, such as <c>k=5</c>; empty when there are none.</summary>
    string Parameters { get; }

    /// <summary>Factor that the wide evaluation leaves out and that is applied to the finished sums, such as 1/(4 pi).</summary>
    double Normalisation { get; }

    /// <summary>The kernel's matrix, <see cref="PotentialComponents"/> rows by <see cref="SourceComponents"/> columns, 0 at d = 0.</summary>
    void Evaluate(double dx, double dy, double dz, Span<double> matrix);

    /// <summary>
    /// The matrix's derivatives with respect to the target: row 3 c + a is the derivative of component c along axis a.
    /// </summary>
    void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix);

    /// <summary>Adds one source's potential, without <see cref="Normalisation"/>, to a register of targets.</summary>
    /// <param name="dx">Target minus source along x.</param>
    /// <param name="dy">Target minus source along y.</param>
    /// <param name="dz">Target minus source along z.</param>
    /// <param name="charge">The source's <see cref="SourceComponents"/> numbers.</param>
    /// <param name="sum">The targets' sums.</param>
    void Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>;

    /// <summary>Adds one source's potential and its gradient, without <see cref="Normalisation"/>, to a register of targets.</summary>
    void PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>;

    /// <summary>
    /// Adds a pair's potentials, without <see cref="Normalisation"/>, on both sides: K(d) <paramref name="source"/> to the sums at the
    /// target, K(d)^T <paramref name="target"/> to those at the source.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="dx">Target minus source along x.</param>
    /// <param name="dy">Target minus source along y.</param>
    /// <param name="dz">Target minus source along z.</param>
    /// <param name="source">The charge at the source.</param>
    /// <param name="target">The charge at the target.</param>
    /// <param name="atSource">The sums at the source; all lanes belong to one point and are added up later.</param>
    /// <param name="atTarget">The sums at the targets, one a lane.</param>
    static virtual void MutualPotential<T, TRegister>(
        TSelf kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => throw NotMutual();

    /// <summary>
    /// As <see cref="MutualPotential"/>, and the gradients: at the target the derivatives with respect to d, at the source those with
    /// respect to -d.
    /// </summary>
    static virtual void MutualPotentialAndGradient<T, TRegister>(
        TSelf kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => throw NotMutual();

    private static NotSupportedException NotMutual() =>
        new($"The kernel {TSelf.Name} has no mutual evaluation: implement it, or leave IsMutual false.");
}
