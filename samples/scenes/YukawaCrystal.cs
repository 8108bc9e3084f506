using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A Yukawa crystal, as dust in a plasma forms it: equal charges on a cubic lattice, body-centred or face-centred, each screened by exp(-k r). An ion's energy is half of the sum of
/// q^2 exp(-k r) / r over all others. In units of q^2 / a, with a the radius of an ion's share of space, it depends on k a alone (Hamaguchi, Farouki and Dubin 1997, Physical
/// Review E 56, 4671); here k a = 1. The sum falls off fast enough to be taken directly, shell by shell.
/// </summary>
public sealed class YukawaCrystal : StillScene
{
    private const double Screening = 1;
    private static readonly Position[] _bodyCentred = [default, new(0.5, 0.5, 0.5)];
    private static readonly Position[] _faceCentred = [default, new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)];

    /// <inheritdoc/>
    public override string Name => "yukawa-crystal";

    /// <inheritdoc/>
    public override string Kernel => Yukawa.Name;

    /// <inheritdoc/>
    public override string Description => "screened charges on body-centred and face-centred lattices: lattice energies (20000 ions each)";

    /// <inheritdoc/>
    public override bool RunsOverRanks => true;

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        List<(string, object)> head = [];
        List<SceneCheck> checks = [];
        IReadOnlyList<RankReport> ranks = [];
        Add("bcc", _bodyCentred);
        Add("fcc", _faceCentred);
        return new SceneResult(head, checks) { Ranks = ranks };

        void Add(string lattice, Position[] basis)
        {
            int cells = Math.Max(2, (int)Math.Round(Math.Cbrt((request.Count ?? 20_000) / (double)basis.Length))), count = cells * cells * cells * basis.Length;
            // The box has the edge 1: a of the lattice is the radius of a ball of volume 1/count.
            double a = Math.Cbrt(3 / (4 * Math.PI * count));
            Yukawa kernel = new(Screening / a);
            FmmOptions options = Options(request, kernel, count) with { Periodic = PeriodicBox.Cube(1) };
            Position[] ions = request.Ranks.Share(Ions(basis, cells, new Xoshiro256(request.Seed)));
            double[] charges = new double[ions.Length], potentials = new double[ions.Length];
            Array.Fill(charges, 1);
            using FmmSolver solver = FmmSolver.Create(kernel, options, request.Ranks);
            solver.SetPoints(ions);
            solver.Evaluate(charges, potentials, cancellation: request.Cancellation);
            ranks = solver.GatherRanks();
            double scale = 2 * Math.PI * a, expected = DirectSum(basis, Math.Cbrt(4 * Math.PI * basis.Length / 3)), tolerance = Accuracy(options.Precision, solver.Report.Order) * expected;
            double mean = request.Ranks.Sum(potentials.Sum()) / count;
            double farthest = request.Ranks.Gather(potentials.Append(mean).MaxBy(one => Math.Abs((scale * one) - expected))).MaxBy(one => Math.Abs((scale * one) - expected));
            if (head.Count == 0) head.AddRange([("screening", Screening), ("order", solver.Report.Order), ("threads", options.Threads)]);
            head.AddRange([($"ions_{lattice}", count), ($"energy_{lattice}", scale * mean)]);
            checks.Add(new($"energy of an ion, {lattice}, mean", scale * mean, expected, tolerance, "the lattice's sum"));
            checks.Add(new($"energy of the ion farthest off, {lattice}", scale * farthest, expected, 10 * tolerance, "the lattice's sum"));
        }
    }

    private static Position[] Ions(Position[] basis, int cells, Xoshiro256 random)
    {
        (double x, double y, double z, double edge) = (random.Unit(), random.Unit(), random.Unit(), 1.0 / cells);
        return [.. from i in Enumerable.Range(0, cells)
                   from j in Enumerable.Range(0, cells)
                   from k in Enumerable.Range(0, cells)
                   from at in basis
                   select new Position(x + ((i + at.X) * edge), y + ((j + at.Y) * edge), z + ((k + at.Z) * edge))];
    }

    /// <summary>Half of the sum of exp(-k r) / r over all other ions as far as they count, lengths in a.</summary>
    /// <param name="basis">The ions of a cell of edge 1.</param>
    /// <param name="edge">The cell's edge.</param>
    private static double DirectSum(Position[] basis, double edge)
    {
        int reach = (int)Math.Ceiling(40 / Screening / edge);
        double sum = 0;
        for (int i = -reach; i <= reach; i++)
        {
            for (int j = -reach; j <= reach; j++)
            {
                for (int k = -reach; k <= reach; k++)
                {
                    foreach (Position at in basis)
                    {
                        (double x, double y, double z) = (i + at.X, j + at.Y, k + at.Z);
                        double r = edge * Math.Sqrt((x * x) + (y * y) + (z * z));
                        if (r > 0) sum += Math.Exp(-Screening * r) / r;
                    }
                }
            }
        }

        return sum / 2;
    }
}
