using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Runs clouds with M2L compressed to rank after rank, and once without. The kernel is Laplace's, charges lie in [-0.5, 0.5); operators are decomposed
/// once for all clouds of an order, a rank and a precision.
/// </summary>
internal sealed class RankMeasurement(RankSettings settings, CancellationToken cancellation)
{
    private const int DirectSums = 1000;
    private const long Seed = 1;

    private readonly double[] _charges = PointClouds.Charges(settings.Count, Seed, cancellation);
    private readonly Position[][] _points = [.. settings.Clouds.Select(cloud => BenchCases.Points(cloud, settings.Count, Seed))];

    /// <summary>The rows, order by order, precision by precision, rank by rank, cloud by cloud, as they are measured.</summary>
    public IEnumerable<RankRow> Run()
    {
        foreach (int order in settings.Orders)
        {
            foreach (Precision precision in settings.Precisions)
            {
                Result[] own = [.. Of(order, precision, null).Select(pair => pair.Run)];
                int full = new Surface(order).Count;
                foreach (int rank in settings.RanksOf(full))
                {
                    foreach ((int cloud, Result run) in Of(order, precision, rank))
                    {
                        double added = Distance(run.Potentials, own[cloud].Potentials);
                        yield return new RankRow(
                            settings.Clouds[cloud], precision, order, rank, full, own[cloud].Error, run.Error, added, run.Seconds, own[cloud].Seconds, run.Preparation, run.Bytes);
                    }
                }
            }
        }
    }

    private IEnumerable<(int Cloud, Result Run)> Of(int order, Precision precision, int? rank)
    {
        FmmOptions options = new()
        {
            Order = order,
            Precision = precision,
            LeafCapacity = settings.Leaf,
            Threads = settings.Threads,
            Rank = rank,
            Transfer = rank is null ? TransferStrategy.Fft : TransferStrategy.LowRank,
        };
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options);
        double preparation = 0;
        for (int cloud = 0; cloud < _points.Length; cloud++)
        {
            double[] potentials = new double[settings.Count];
            double least = double.PositiveInfinity;
            solver.SetPoints(_points[cloud]);
            for (int run = 0; run <= settings.Repeat; run++)
            {
                solver.Evaluate(_charges, potentials, default, null, cancellation);
                if (cloud == 0 && run == 0) preparation = solver.Method.Schedule.Times[nameof(PrepareTransfers)].Seconds;
                else if (run > 0) least = Math.Min(least, solver.Method.Schedule.Times["M2L"].BusySeconds / settings.Threads);
            }

            yield return (cloud, new Result(potentials, solver.Verify(DirectSums, cancellation).PotentialL2, least, preparation, rank is null ? 0 : Bytes(solver, precision)));
        }
    }

    private static long Bytes(FmmSolver solver, Precision precision) => precision == Precision.Single
        ? LowRankTransfer.Bytes<float>(solver.World, solver.Report.Tree.Depth) : LowRankTransfer.Bytes<double>(solver.World, solver.Report.Tree.Depth);

    private static double Distance(double[] found, double[] expected)
    {
        double difference = 0, square = 0;
        for (int i = 0; i < found.Length; i++)
        {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            square += expected[i] * expected[i];
        }

        return Math.Sqrt(difference / square);
    }

    private sealed record Result(double[] Potentials, double Error, double Seconds, double Preparation, long Bytes);
}
