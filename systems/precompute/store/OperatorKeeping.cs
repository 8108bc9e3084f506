using System.Diagnostics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: where a method's operators are kept between runs, if anywhere.</summary>
/// <param name="Store">The store, or null.</param>
/// <param name="Precision">What matrices are rounded to.</param>
/// <param name="Ledger">The account of native memory.</param>
internal sealed record OperatorKeeping(OperatorStore? Store, Precision Precision, Ledger Ledger)
{
    /// <summary>The part of a key that stands for P2M, M2M, L2L and L2P.</summary>
    public const string Translations = "translations";

    /// <summary>What a method's matrices are rounded to; double precision where nobody says.</summary>
    public static Precision PrecisionOf(World world) => world.TryResource(out OperatorKeeping? keeping) ? keeping.Precision : Precision.Double;

    /// <summary>What asks the store first and offers it what had to be computed; without a store what computes, as it is.</summary>
    /// <param name="world">The world.</param>
    /// <param name="sizes">Sizes of the expansions.</param>
    /// <param name="part">Which of the operators.</param>
    /// <param name="compute">Computes the matrices of a kernel for boxes of a half width.</param>
    /// <param name="finish">Adds to them what is not kept, wherever they come from; null for nothing.</param>
    public static Func<TKernel, double, Jobs, PlainMatrices> Before<TKernel>(
        World world, ExpansionSizes sizes, string part, Func<TKernel, double, Jobs, PlainMatrices> compute, Action<PlainMatrices, Jobs>? finish = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        if (finish is not null)
        {
            Func<TKernel, double, Jobs, PlainMatrices> kept = Before(world, sizes, part, compute);
            return (kernel, halfWidth, jobs) => Finished(kept(kernel, halfWidth, jobs), finish, jobs);
        }
        if (!world.TryResource(out OperatorKeeping? keeping) || keeping.Store is not { } store) return compute;
        return (kernel, halfWidth, jobs) =>
        {
            OperatorKey key = OperatorKey.Of(kernel, sizes, halfWidth, keeping.Precision, part);
            if (store.Load(key, keeping.Ledger) is { } kept) return kept;
            long start = Stopwatch.GetTimestamp();
            PlainMatrices matrices = compute(kernel, halfWidth, jobs);
            try
            {
                store.Keep(key, matrices, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            catch
            {
                matrices.Dispose();
                throw;
            }
            return matrices;
        };
    }

    private static PlainMatrices Finished(PlainMatrices matrices, Action<PlainMatrices, Jobs> finish, Jobs jobs)
    {
        try
        {
            finish(matrices, jobs);
            return matrices;
        }
        catch
        {
            matrices.Dispose();
            throw;
        }
    }
}
