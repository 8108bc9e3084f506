using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// What native memory an evaluation will take at its peak, told before there are any points: from their number and the options alone.
/// </summary>
/// <remarks>
/// How deep a tree is depends on how the points lie. The estimate stands between clouds in a volume and on a surface, and is within some
/// 30 % of what either takes; where leaves of 20 points and fewer make nodes the largest part, within a factor of two, since a tree
/// in a volume grows eightfold with each level. A cloud whose density spans many powers of ten makes a kernel without a degree of
/// homogeneity take more, because it has operators on each level. In a box that repeats, points may lie outside, so that their images inside are counted, too. Beside it stands what the host itself holds: its points, charges and fields.
/// </remarks>
/// <param name="Points">Bytes of points, charges and fields, in input order and sorted.</param>
/// <param name="Tree">Bytes of nodes and lists.</param>
/// <param name="Expansions">Bytes of multipoles, locals and what M2L makes of them.</param>
/// <param name="Operators">Bytes of translations, and of computing them; in a box that repeats also of what images act by.</param>
/// <param name="Work">Bytes of the threads' own.</param>
public sealed record MemoryEstimate(long Points, long Tree, long Expansions, long Operators, long Work)
{
    // Buffers are taken an eighth larger than asked for, so that moving points find room; of that, pages are used as points move.
    private const double Slack = 1.06;

    // Measured, 300,000 points, leaves of 1 to 1000: inner nodes times leaf capacity over points is 0.42 to 0.62 in the cube, 0.56 to 0.94 on
    // the sphere, 0.5 to 0.7 in Plummer's cluster. Where the
    // capacity is chosen for the points it is 0.2 to 0.5 in the cube and 0.6 to 0.95 on the sphere.
    private const double InnerNodes = 0.7, ChosenInnerNodes = 0.6;

    // Bytes of a row of a node and of its lists, without its expansions.
    private const double NodeBytes = 200;

    /// <summary>All of it.</summary>
    public long Total => Points + Tree + Expansions + Operators + Work;

    /// <summary>The estimate for a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="sources">Number of sources, 1 or more.</param>
    /// <param name="targets">Number of targets; null where the sources are the targets.</param>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="KernelException">In a box that repeats: the kernel is not of the form that it declares for images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no sources or no targets.</exception>
    public static MemoryEstimate Of<TKernel>(TKernel kernel, FmmOptions options, long sources, long? targets = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(sources, 1);
        if (targets is long given) ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(targets));
        options.Validate();
        PeriodicBox? box = options.Periodic;
        if (box is not null) ScreenedForm.Demand(kernel, box);
        int order = options.ResolveOrder(), scalar = options.Precision == Precision.Single ? sizeof(float) : sizeof(double);
        TransferMethod method = TransferChoice.Of(options, kernel, order);
        ExpansionSizes expansion = ExpansionSizes.Of(kernel, order, options.Surfaces, method.Strategy, options.Rank, options.LowRank);
        double capacity = options.LeafCapacity ?? method.UsualLeaf(expansion), largest = Math.Max(sources, targets ?? 0);
        double inner = options.UniformDepth is int depth ? (Math.Pow(8, depth) - 1) / 7
            : largest <= capacity ? 0 : Math.Max(1, (options.LeafCapacity is null ? ChosenInnerNodes : InnerNodes) * largest / capacity);
        if (options.MaxLevel is int level) inner = Math.Min(inner, (Math.Pow(8, level) - 1) / 7);
        if (box is not null) inner = Math.Max(inner, 1);
        double rows = (8 * inner) + 1;
        double fields = expansion.PotentialComponents * (options.Gradient ? 4 : 1);
        TransferMemory transfer = method.Memory(expansion, scalar, rows);
        double images = box is null ? 0 : ImageMemory.Bytes(kernel, box, expansion, scalar);
        double work = scalar * ((options.Threads * transfer.WorkerNumbers) + transfer.WorkNumbers);
        // Points that are sources and targets at once act on each other; elsewhere nothing waits in a spill.
        if (targets is null) work += Spill(sources, Math.Max(0.6 * Math.Min(capacity, sources), sources / Math.Pow(8, options.MaxLevel ?? Morton.MaxLevel))) * fields * scalar;
        return new MemoryEstimate(
            Bytes(PointBytes(expansion, scalar, fields, sources, targets) + (box is { Wraps: true } ? 24.0 * (sources + (targets ?? 0)) : 0) + (options.Hessian ? 6.0 * sizeof(double) * (targets ?? sources) : 0)),
            Bytes(NodeBytes * rows),
            Bytes(rows * scalar * (expansion.DensityCount + expansion.CheckCount + transfer.NodeNumbers)),
            Bytes((Levels(expansion, largest / capacity, options.MaxLevel ?? Morton.MaxLevel, box is null ? TreeShape.FirstFarLevelInSpace : ImageMemory.FirstLevel(box)) * (transfer.OperatorBytes + (3.0 * expansion.DensityCount * expansion.CheckCount * scalar))) + images),
            Bytes(work));
    }

    private static long Bytes(double exact) => (long)Math.Min(Slack * exact, long.MaxValue / 8);

    private static double PointBytes(ExpansionSizes expansion, int scalar, double fields, double sources, long? targets)
    {
        // Input, keys and pairs to sort; sorted keys, indices, tags and relative coordinates; charges; fields of far and near.
        const double Sort = 32, Point = 24 + 8 + 8 + 4 + 1;
        double source = expansion.SourceComponents * (sizeof(double) + scalar), target = fields * (sizeof(double) + (2 * scalar));
        double place = Point + (3 * scalar);
        return targets is not long others
            ? sources * (Sort + place + 1 + source + target)
            : (Math.Max(sources, others) * Sort) + (sources * (place + source)) + (others * (place + target));
    }

    // Without a degree of homogeneity each level from the first with a far field on has operators of its own.
    private static double Levels(ExpansionSizes expansion, double leaves, int deepest, int first) =>
        expansion.Degree is not null ? 1 : Math.Max(1, Math.Min(Math.Ceiling(Math.Log(Math.Max(1, leaves), 5)) + 1, deepest) + 1 - first);

    // Points of other units that a unit's pairs act on: CutMutual.
    private static double Spill(double points, double leaf)
    {
        const double Units = 64, MostPairs = 1 << 25;
        double side = Math.Cbrt(Math.Max(1, points / leaf)), neighbours = Math.Pow(3 - (2 / Math.Max(2, side)), 3);
        double units = Math.Max(Units, points * neighbours * leaf / 2 / MostPairs), leaves = points / units / leaf;
        double spill = Math.Min(units * points, units * leaf * Math.Max(neighbours / 2, 4.6 * Math.Pow(leaves, 2.0 / 3)));
        return WorkPlan.IsTooWide(spill, points) ? 0 : spill;
    }
}
