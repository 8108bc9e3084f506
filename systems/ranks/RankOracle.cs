using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The error of a field over ranks: each sums its own sources at targets of all ranks, and the sums are added in the order of the ranks.</summary>
internal static class RankOracle
{
    private const int TargetsABlock = 1024;

    /// <summary>The error at evenly strided targets of all ranks; the same on all of them.</summary>
    public static FieldError Compare(FmmMethod method, IFieldOracle oracle, int samples, Jobs jobs, CancellationToken cancellation)
    {
        IRanks ranks = method.Link!.Ranks;
        PointInput points = method.Input;
        FieldOutput fields = method.Fields;
        bool gradient = method.Options.Gradient, hessian = method.Options.Hessian;
        int potentials = method.ExpansionSizes.PotentialComponents, slopes = gradient ? 3 * potentials : 0, seconds = hessian ? 6 : 0, numbers = potentials + slopes + seconds;
        int[] chosen = RankSample.Choose(ranks, points.TargetCount, samples);
        ErrorSums potential = default, slope = default, second = default;
        for (int begin = 0; begin < chosen.Length; begin += TargetsABlock)
        {
            ReadOnlySpan<int> block = chosen.AsSpan(begin, Math.Min(TargetsABlock, chosen.Length - begin));
            Position[] places = RankSample.Places(ranks, points.PlacedTargets.Span, block);
            double[] found = new double[numbers * block.Length], expected = new double[found.Length];
            for (int i = 0; i < block.Length; i++)
            {
                if (block[i] < 0) continue;
                Span<double> row = found.AsSpan(i * numbers, numbers);
                fields.Potentials.Span.Slice(block[i] * potentials, potentials).CopyTo(row);
                fields.Gradients.Span.Slice(block[i] * slopes, slopes).CopyTo(row[potentials..]);
                fields.Hessians.Span.Slice(block[i] * seconds, seconds).CopyTo(row[(potentials + slopes)..]);
            }

            oracle.Sum(points, method.Charges, places, method.Tree.Shape, gradient, jobs, expected, cancellation);
            ranks.Sum<double>(found);
            ranks.Sum<double>(expected);
            for (int i = 0; i < found.Length; i++)
            {
                int number = i % numbers;
                if (number < potentials) potential.Take(found[i], expected[i]);
                else if (number < potentials + slopes) slope.Take(found[i], expected[i]);
                else second.Take(found[i], expected[i]);
            }
        }

        return new FieldError(potential.L2, potential.Linf, gradient ? slope.L2 : null, chosen.Length) { HessianL2 = hessian ? second.L2 : null };
    }
}
