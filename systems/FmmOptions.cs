using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>What a solver is asked for. Everything has a default; the solver copies the options when it is made.</summary>
public sealed record FmmOptions
{
    /// <summary>Smallest order.</summary>
    public const int SmallestOrder = 2;

    /// <summary>Largest order.</summary>
    public const int LargestOrder = 16;

    /// <summary>Order p, 2 to 16: points along a surface's edge. Null: from <see cref="Tolerance"/>, or 6.</summary>
    public int? Order { get; init; }

    /// <summary>
    /// Relative L2 error of the potential to stay below, 1e-13 to 0.1; not together with <see cref="Order"/>. A solver takes the order
    /// that such points usually need and raises it where direct sums show more error than that.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>
    /// Whether an evaluation that misses <see cref="Tolerance"/> ends with a <see cref="ToleranceException"/>; by default its fields are delivered
    /// and <see cref="FmmReport.Tolerance"/> tells. Every evaluation is then measured, at the cost of 256 direct sums. For solvers alone: who runs
    /// a schedule of his own calls <see cref="FmmMethod.Verify"/>.
    /// </summary>
    public bool RequireTolerance { get; init; }

    /// <summary>Most sources and most targets a leaf holds, 1 or more. Null: chosen for the points, from what it would cost.</summary>
    public int? LeafCapacity { get; init; }

    /// <summary>
    /// Deepest level of an adaptive tree, 0 to 21: a node there is a leaf, however many points it holds, and acts on its neighbours by direct sums.
    /// <see cref="TreeReport.FullLeaves"/> tells how many hold more than the capacity. Null: as deep as the capacity asks. Not below <see cref="UniformDepth"/>.
    /// </summary>
    public int? MaxLevel { get; init; }

    /// <summary>Depth of a uniform tree, 0 to 21; null for an adaptive one.</summary>
    public int? UniformDepth { get; init; }

    /// <summary>Precision of the hot loops; double by default.</summary>
    public Precision Precision { get; init; } = Precision.Double;

    /// <summary>Whether the gradient is computed beside the potential.</summary>
    public bool Gradient { get; init; }

    /// <summary>
    /// Whether the second derivatives of the potential are computed, in double precision: for kernels that have them (<see cref="IKernel{TSelf}.HasHessian"/>: Laplace). They come
    /// by a system of their own, which takes two to three times as long as the near field of potential and gradient.
    /// </summary>
    public bool Hessian { get; init; }

    /// <summary>
    /// Whether a pair of points that are sources and targets at once is evaluated once for both, where the kernel allows it. Without it each target takes its sources by
    /// itself: the near field takes up to twice as long, and over ranks the field has the same bits on any number of them, if the leaf capacity is given.
    /// </summary>
    public bool MutualPairs { get; init; } = true;

    /// <summary>Threads, 1 to 1024; those of the machine by default. Ignored where the host lends a dispatcher.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How M2L is carried out. Null: low rank where <see cref="Rank"/> or <see cref="LowRank"/> ask for it, else chosen from order and precision.</summary>
    public TransferStrategy? Transfer { get; init; }

    /// <summary>
    /// The rank to which <see cref="TransferStrategy.LowRank"/> compresses the transfer matrices of a level, 1 or more; from as many as a surface has numbers on,
    /// nothing is left out. Null: from the tolerance of <see cref="LowRank"/>.
    /// </summary>
    public int? Rank { get; init; }

    /// <summary>How <see cref="TransferStrategy.LowRank"/> decomposes.</summary>
    public LowRankOptions LowRank { get; init; } = new();

    /// <summary>
    /// How this machine compares with the one that the costs were measured on. Null: measured in 3 ms when a leaf capacity is first
    /// chosen, once a process. Given, the choices are the same on every machine.
    /// </summary>
    public Calibration? Calibration { get; init; }

    /// <summary>The linear algebra to use.</summary>
    public LinearAlgebraChoice LinearAlgebra { get; init; } = LinearAlgebraChoice.Automatic;

    /// <summary>Width of the registers; null for the machine's widest.</summary>
    public RegisterWidth? Registers { get; init; }

    /// <summary>Digits of the near field; those that the order carries by default.</summary>
    public RootPrecision RootPrecision { get; init; } = RootPrecision.AsOrder;

    /// <summary>Half widths of the surfaces.</summary>
    public SurfaceRatios Surfaces { get; init; } = SurfaceRatios.Standard;

    /// <summary>The box, where it repeats along one, two or three axes; null in free space. Asks for a kernel with <see cref="IKernel{TSelf}.TryScreened"/>.</summary>
    public PeriodicBox? Periodic { get; init; }

    /// <summary>
    /// Whether the tree follows points that move: coordinates, lists or nodes are made anew only where points have left their leaves
    /// (<see cref="TreePath"/>). Without it every update whose points have moved makes them all. It counts for entities, for
    /// <c>FmmSolver.MovePoints</c> and for <see cref="FmmStep.Positions"/>.
    /// </summary>
    /// <remarks>
    /// The field then depends on the updates before, within the error of the order: two runs of the same updates have the same bits, but an update that follows
    /// others may differ in the last digits that the order carries from a first one of the same points. <see cref="FmmStep.Everything"/> forgets what was before.
    /// In double precision a leaf keeps points up to a sixteenth of its half width outside.
    /// </remarks>
    public bool FollowPoints { get; init; } = true;

    /// <summary>Where operators are kept from one run to the next, such as an <c>Fmm.Files.OperatorCache</c>. Null: nowhere, each method computes its own.</summary>
    public OperatorStore? OperatorStore { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    public void Validate()
    {
        if (Order is int order && order is < SmallestOrder or > LargestOrder)
            throw new FmmOptionException(nameof(Order), order, $"choose an order from {SmallestOrder} to {LargestOrder}.");
        if (Tolerance is double tolerance && !(tolerance is >= 1e-13 and <= 0.1))
            throw new FmmOptionException(nameof(Tolerance), tolerance, "choose a relative error from 1e-13 to 0.1.");
        if (Order is not null && Tolerance is not null)
            throw new FmmOptionException(nameof(Tolerance), Tolerance, "give either an order or a tolerance, not both.");
        if (RequireTolerance && Tolerance is null) throw new FmmOptionException(nameof(RequireTolerance), true, "give the tolerance to require, too.");
        if (Precision == Precision.Single && Tolerance < SinglePrecisionFloor)
        {
            throw new FmmOptionException(
                nameof(Tolerance), Tolerance, $"single precision does not reach below {SinglePrecisionFloor}; use double precision.");
        }
        if (Hessian && Precision == Precision.Single)
            throw new FmmOptionException(nameof(Hessian), true, "second derivatives are computed in double precision alone: choose it, or leave this out.");
        if (Hessian && Periodic is not null)
            throw new FmmOptionException(nameof(Hessian), true, "second derivatives are of points in free space; leave the box out, or this.");
        if (LeafCapacity is < 1) throw new FmmOptionException(nameof(LeafCapacity), LeafCapacity, "choose 1 or more points a leaf.");
        if (UniformDepth is < 0 or > Morton.MaxLevel)
            throw new FmmOptionException(nameof(UniformDepth), UniformDepth, $"choose a depth from 0 to {Morton.MaxLevel}.");
        if (MaxLevel is < 0 or > Morton.MaxLevel)
            throw new FmmOptionException(nameof(MaxLevel), MaxLevel, $"choose a level from 0 to {Morton.MaxLevel}.");
        if (MaxLevel < UniformDepth)
            throw new FmmOptionException(nameof(MaxLevel), MaxLevel, $"the uniform tree is {UniformDepth} levels deep: leave one of the two out.");
        if (Rank is < 1) throw new FmmOptionException(nameof(Rank), Rank, "choose a rank of 1 or more.");
        if ((Rank is not null || LowRank.Tolerance is not null) && Transfer is not (null or TransferStrategy.LowRank))
        {
            throw new FmmOptionException(
                Rank is null ? $"{nameof(LowRank)}.{nameof(LowRank.Tolerance)}" : nameof(Rank), (object?)Rank ?? LowRank.Tolerance,
                $"{Transfer} has no rank; choose {nameof(TransferStrategy.LowRank)}, or leave this out.");
        }
        LowRank.Validate(Rank);
        if (Calibration is { } calibration && !(Usable(calibration.Near) && Usable(calibration.Transfer)))
            throw new FmmOptionException(nameof(Calibration), calibration, "give two positive numbers, or null to have them measured.");
        if (Periodic?.Fault() is string fault) throw new FmmOptionException(nameof(Periodic), Periodic, fault);
        if (Periodic is not null && (MaxLevel == 0 || UniformDepth == 0))
            throw new FmmOptionException(MaxLevel == 0 ? nameof(MaxLevel) : nameof(UniformDepth), 0, "the tree of a box that repeats has 1 level at least.");
        if (Threads is < 1 or > 1024) throw new FmmOptionException(nameof(Threads), Threads, "choose 1 to 1024 threads.");
        if (!(Surfaces.Inner is > 1 and < 3 && Surfaces.Outer > Surfaces.Inner && Surfaces.Outer < 3 && Surfaces.Angle is >= 0 and <= 1.5))
            throw new FmmOptionException(nameof(Surfaces), Surfaces, "the half widths must satisfy 1 < inner < outer < 3, and the angle 0 <= w <= 1.5.");
    }

    private static bool Usable(double factor) => factor is > 0 and < double.PositiveInfinity;

    internal const double SinglePrecisionFloor = 2e-6;

    /// <summary>The order that a solver found for its tolerance.</summary>
    internal int? FoundOrder { get; init; }

    /// <summary>The order to use: for a tolerance, unless a solver found one, that which is safe for any points.</summary>
    internal int ResolveOrder() =>
        Order ?? FoundOrder ?? (Tolerance is double tolerance ? ErrorOfOrder.Safe(tolerance, Precision) : 6);
}
