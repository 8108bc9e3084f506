using System.Collections.Concurrent;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>A scene that ranks solve together, each with a share of the points.</summary>
internal static class RankScene
{
    /// <summary>How points are given to ranks.</summary>
    public enum Share
    {
        /// <summary>As many to each, in their order.</summary>
        Even,

        /// <summary>All to the last rank.</summary>
        LastRank,

        /// <summary>Rank r gets about r + 1 times as many as the first.</summary>
        Growing,
    }

    /// <summary>The fields of all targets, in the order of the scene.</summary>
    public static (double[] Potentials, double[] Gradients) Solve<TKernel>(
        this Scene scene, TKernel kernel, FmmOptions options, int ranks, Share share = Share.Even, Action<FmmSolver>? then = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double[] potentials = new double[scene.TargetCount * TKernel.PotentialComponents], gradients = new double[options.Gradient ? 3 * potentials.Length : 0];
        ThreadRanks.Run(ranks, one =>
        {
            using FmmSolver solver = FmmSolver.Create(kernel, options, one);
            Range sources = Of(scene.Sources.Length, one, share), targets = Of(scene.TargetCount, one, share);
            scene.SetPoints(solver, sources, targets);
            solver.Evaluate(
                Numbers(scene.Charges, sources, TKernel.SourceComponents), Numbers(potentials, targets, TKernel.PotentialComponents),
                options.Gradient ? Numbers(gradients, targets, 3 * TKernel.PotentialComponents) : default);
            then?.Invoke(solver);
        });
        return (potentials, gradients);
    }

    /// <summary>Gives a solver its share of the points.</summary>
    public static void SetPoints(this Scene scene, FmmSolver solver, Range sources, Range targets)
    {
        if (scene.Targets is null) solver.SetPoints(scene.Sources.AsSpan(sources));
        else solver.SetPoints(scene.Sources.AsSpan(sources), scene.Targets.AsSpan(targets));
    }

    /// <summary>A rank's share of so many points.</summary>
    public static Range Of(int count, IRanks ranks, Share share = Share.Even)
    {
        return Start(ranks.Rank)..Start(ranks.Rank + 1);

        int Start(int rank) => share switch
        {
            Share.LastRank => rank == ranks.Count ? count : 0,
            Share.Growing => (int)((long)count * rank * (rank + 1) / ranks.Count / (ranks.Count + 1)),
            _ => (int)((long)count * rank / ranks.Count),
        };
    }

    /// <summary>The numbers of some points.</summary>
    public static Span<double> Numbers(double[] all, Range points, int numbers) => all.AsSpan((points.Start.Value * numbers)..(points.End.Value * numbers));

    /// <summary>What each rank says, in their order.</summary>
    public static T[] Ask<T>(int ranks, Func<IRanks, T> question)
    {
        ConcurrentDictionary<int, T> answers = new();
        ThreadRanks.Run(ranks, one => answers[one.Rank] = question(one));
        return [.. Enumerable.Range(0, ranks).Select(rank => answers[rank])];
    }

    /// <summary>Relative L2 of the difference.</summary>
    public static double Difference(ReadOnlySpan<double> found, ReadOnlySpan<double> expected)
    {
        double difference = 0, reference = 0;
        for (int i = 0; i < found.Length; i++)
        {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            reference += expected[i] * expected[i];
        }

        return difference == 0 ? 0 : Math.Sqrt(difference / reference);
    }
}
