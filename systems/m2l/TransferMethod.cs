using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A way to carry out M2L. Everything that the method knows of it stands behind this contract and in one folder: what it asks of a kernel, what
/// it costs in time and memory, its operators and how they are computed, and the system itself.
/// </summary>
/// <remarks>
/// Another one is a folder beside the others, a line in <see cref="All"/>, and its name in <see cref="TransferStrategy"/>. Its operators are an
/// <see cref="ILevelOperators{TSelf}"/>, held by level in a resource of their own; matrices are computed in plain double precision, so that
/// whatever keeps or moves the others' keeps and moves these.
/// </remarks>
internal abstract class TransferMethod
{
    /// <summary>All of them; of two that cost the same, the first is chosen.</summary>
    public static IReadOnlyList<TransferMethod> All { get; } = [new FftTransfer(), new CompressedTransfer(), new LowRankTransfer(), new DenseTransfer()];

    /// <summary>The name by which the options know it.</summary>
    public abstract TransferStrategy Strategy { get; }

    /// <summary>The one of a name.</summary>
    public static TransferMethod Of(TransferStrategy strategy)
    {
        foreach (TransferMethod method in All) if (method.Strategy == strategy) return method;
        throw new FmmOptionException(nameof(FmmOptions.Transfer), strategy, $"choose one of {string.Join(", ", All.Select(one => one.Strategy))}.");
    }

    /// <summary>Refuses a kernel that it cannot serve.</summary>
    /// <exception cref="FmmOptionException">The kernel is not what it needs; the message names a strategy that takes it.</exception>
    public virtual void Demand<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
    }

    /// <summary>Whether the engine may choose it by itself.</summary>
    public virtual bool IsCandidate<TKernel>(TKernel kernel, int order, Precision precision)
        where TKernel : unmanaged, IKernel<TKernel> => false;

    /// <summary>What it costs on the machine of <see cref="ReferenceCosts"/>.</summary>
    public abstract TransferCost Cost(int order, Precision precision);

    /// <summary>What it costs there with its own options.</summary>
    public virtual TransferCost Cost(ExpansionSizes expansion, Precision precision) => Cost(expansion.Order, precision);

    /// <summary>What memory it takes.</summary>
    /// <param name="expansion">Sizes of the expansions.</param>
    /// <param name="scalar">Bytes of a number of the working precision.</param>
    /// <param name="nodes">Rows of nodes.</param>
    public abstract TransferMemory Memory(ExpansionSizes expansion, int scalar, double nodes);

    /// <summary>The leaf capacity that is chosen beside it for most clouds.</summary>
    public abstract double UsualLeaf(ExpansionSizes expansion);

    /// <summary>Enters the resource that holds its operators.</summary>
    public abstract void Enter<T>(World world)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The system that makes its operators.</summary>
    /// <param name="world">The world.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="expansion">Sizes of the expansions.</param>
    /// <param name="algebra">The linear algebra.</param>
    /// <param name="width">Width of the registers that compute them.</param>
    public abstract PrepareTransfers Prepare<TKernel, T, TRegister>(World world, TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, RegisterWidth width)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>;

    /// <summary>M2L itself.</summary>
    public abstract M2L Create<T, TRegister>(World world, ExpansionSizes expansion, ILinearAlgebra algebra)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>;

    /// <summary>
    /// Its name among what is kept of a kernel's operators, with all that its matrices depend on beside kernel, half width, order, precision
    /// and surfaces: two that differ in anything must have two names.
    /// </summary>
    /// <param name="expansion">Sizes of the expansions, and what its options ask for.</param>
    /// <param name="lane">Numbers of a register of M2L.</param>
    public abstract string Part(ExpansionSizes expansion, int lane);

    /// <summary>What a report says of its operators; null if there is nothing to say, or none stand.</summary>
    /// <param name="world">The world.</param>
    /// <param name="expansion">Sizes of the expansions.</param>
    /// <param name="level">Deepest level of the tree.</param>
    public virtual string? Describe<T>(World world, ExpansionSizes expansion, int level)
        where T : unmanaged, IFloatingPointIeee754<T> => null;
}
