namespace Fmm.Systems;

/// <summary>The sizes of expansions for a kernel, an order and a strategy; a resource that every operator reads.</summary>
public sealed class ExpansionSizes
{
    private ExpansionSizes(Surface surface, int? degree, SurfaceRatios ratios, TransferStrategy strategy, ParityPoints densities, ParityPoints checks)
    {
        Surface = surface;
        Degree = degree;
        Ratios = ratios;
        Strategy = strategy;
        Densities = densities;
        Checks = checks;
    }

    /// <summary>The sizes for a kernel and <paramref name="order"/> points along a surface's edge.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="order">Order p.</param>
    /// <param name="ratios">Half widths of the surfaces.</param>
    /// <param name="strategy">How M2L is carried out.</param>
    /// <param name="rank">The rank of M2L, if one is asked for.</param>
    /// <param name="lowRank">How that is decomposed; the defaults where it is null.</param>
    public static ExpansionSizes Of<TKernel>(TKernel kernel, int order, SurfaceRatios ratios, TransferStrategy strategy, int? rank = null, LowRankOptions? lowRank = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Surface surface = new(order);
        bool mirrors = KernelSymmetry.HasMirrors(kernel, out VectorKind sources, out VectorKind potentials);
        return new ExpansionSizes(
            surface, TKernel.Degree, ratios, strategy, new ParityPoints(surface, TKernel.SourceComponents, sources, 1, mirrors),
            new ParityPoints(surface, TKernel.PotentialComponents, potentials, 1, mirrors))
        {
            SourceKind = sources,
            PotentialKind = potentials,
            Rank = rank,
            LowRank = lowRank ?? new LowRankOptions(),
        };
    }

    /// <summary>Order p: points along an edge of a surface.</summary>
    public int Order => Surface.Order;

    /// <summary>The surface's points.</summary>
    public Surface Surface { get; }

    /// <summary>Numbers a source carries.</summary>
    public int SourceComponents => Densities.Components;

    /// <summary>Numbers of a target's potential.</summary>
    public int PotentialComponents => Checks.Components;

    /// <summary>Degree of homogeneity of the kernel, if it has one.</summary>
    public int? Degree { get; }

    /// <summary>Half widths of the surfaces.</summary>
    public SurfaceRatios Ratios { get; }

    /// <summary>How M2L is carried out.</summary>
    public TransferStrategy Strategy { get; }

    /// <summary>The rank of M2L that is asked for, where its strategy is <see cref="TransferStrategy.LowRank"/>.</summary>
    public int? Rank { get; private init; }

    /// <summary>How that is decomposed.</summary>
    public LowRankOptions LowRank { get; private init; } = new();

    /// <summary>Stride of a multipole: surface points times source components.</summary>
    public int DensityCount => Surface.Count * SourceComponents;

    /// <summary>Stride of a local: surface points times potential components.</summary>
    public int CheckCount => Surface.Count * PotentialComponents;

    /// <summary>Frequencies of a surface's transform that M2L multiplies, 4 p (p^2 + 1).</summary>
    public int FrequencyCount => 4 * Order * ((Order * Order) + 1);

    /// <summary>What permutations of the axes make of a source's numbers.</summary>
    internal VectorKind SourceKind { get; private init; }

    /// <summary>What they make of a potential's.</summary>
    internal VectorKind PotentialKind { get; private init; }

    /// <summary>How a multipole's numbers are sorted.</summary>
    internal ParityPoints Densities { get; }

    /// <summary>How a local's numbers are sorted.</summary>
    internal ParityPoints Checks { get; }

    /// <summary>The factor h^g between a density and its stored form at boxes of half width <paramref name="halfWidth"/>.</summary>
    public double DensityScale(double halfWidth) => Degree is int degree ? Math.Pow(halfWidth, degree) : 1;
}
