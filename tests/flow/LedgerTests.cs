using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>
/// Native memory of a solver whose points move for long. Series of a kernel with a length of its own are the longer, the larger a box is beside
/// that length, up to 40 degrees an axis: their memory follows the largest cloud, and grows no further.
/// </summary>
public sealed class LedgerTests
{
    [Test]
    public void A_cloud_that_expands_and_contracts_takes_the_memory_of_its_largest_size_once([Values] TransferStrategy strategy)
    {
        Scene scene = Scene.Of("cube", 1000);
        using FmmSolver solver = FmmSolver.Create(new Yukawa(1), new FmmOptions { Order = 3, LeafCapacity = 40, Threads = 1, Transfer = strategy });
        Ledger ledger = solver.World.Ledger;
        double[] potentials = new double[1000];
        List<(int Buffers, long Bytes)> cycles = [];
        for (int cycle = 0; cycle < 4; cycle++)
        {
            for (int step = 0; step <= 18; step++)
            {
                double factor = Math.Pow(2, step < 9 ? step : 18 - step);
                solver.SetPoints([.. scene.Sources.Select(p => new Position(factor * p.X, factor * p.Y, factor * p.Z))]);
                solver.Evaluate(scene.Charges, potentials);
            }
            cycles.Add((ledger.Outstanding, ledger.OutstandingBytes));
        }
        Assert.That(cycles, Is.All.EqualTo(cycles[0]), ledger.Report);
        Assert.That(potentials, Is.EqualTo(scene.Solve(new Yukawa(1), solver.Method.Options).Potentials));
    }
}
