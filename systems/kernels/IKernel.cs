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
    void Potential<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>;

    /// <summary>Adds one source's potential and its gradient, without <see cref="Normalisation"/>, to a register of targets.</summary>
    void PotentialAndGradient<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>;
}
