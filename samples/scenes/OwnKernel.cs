using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A kernel of your own in ten lines: the potential exp(-r / l) / r of a charge that an electrolyte screens over Debye's length l (Debye and Huckel 1923). A shell of radius R that carries
/// the charge Q evenly has the potential Q exp(-R / l) / R at its centre, and outside Q sinh(R / l) / (R / l) exp(-r / l) / r: no theorem of Newton's, who had sinh(x) / x = 1.
/// </summary>
public sealed class OwnKernel : StillScene
{
    private const double Radius = 1, Length = 0.5, Outside = 2;

    /// <inheritdoc/>
    public override string Name => "own-kernel";

    /// <inheritdoc/>
    public override string Kernel => Screened.Name;

    /// <inheritdoc/>
    public override string Description => "a kernel of your own in ten lines: the potential of a shell that an electrolyte screens (50000 charges)";

    /// <inheritdoc/>
    public override bool RunsOverRanks => true;

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        int count = request.Count ?? 50_000;
        Screened kernel = new(Length);
        FmmOptions options = Options(request, kernel, count);
        Position[] targets = [default, .. SphereSpiral.Of(500, Outside)];
        Position[] sources = request.Ranks.Share(SphereSpiral.Of(count, Radius, request.Seed)), ownTargets = request.Ranks.Share(targets);
        double[] charges = new double[sources.Length], potentials = new double[ownTargets.Length];
        Array.Fill(charges, 1.0 / count);
        using FmmSolver solver = FmmSolver.Create(kernel, options, request.Ranks);
        solver.SetPoints(sources, ownTargets);
        solver.Evaluate(charges, potentials, cancellation: request.Cancellation);
        potentials = request.Ranks.All(potentials);
        double x = Radius / Length, centre = Math.Exp(-x) / Radius, outside = Math.Sinh(x) / x * Math.Exp(-Outside / Length) / Outside, tolerance = Accuracy(options.Precision, solver.Report.Order);
        return new SceneResult(
            [("charges", count), ("length", Length), ("order", solver.Report.Order), ("threads", options.Threads)],
            [
                new("potential at the centre", potentials[0], centre, tolerance * centre, "exp(-R/l)/R"),
                new("potential at twice the radius, mean", potentials.Skip(1).Average(), outside, Math.Max(tolerance, 5.0 / count) * outside, "sinh(R/l)/(R/l) exp(-r/l)/r"),
                new("faults that a check of the kernel finds", KernelCheck.Run(kernel).Count, 0, 0, "its own formula"),
            ])
        {
            Ranks = solver.GatherRanks(),
        };
    }

    private readonly record struct Screened(double Length) : IRadialKernel<Screened>
    {
        public static string Name => "screened";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Profile<TRegister>(Screened kernel, TRegister r2, out TRegister phi, out TRegister force)
            where TRegister : unmanaged, IRegister<TRegister>
        {
            TRegister inverse = TRegister.InverseSqrt(r2), x = r2 * inverse * TRegister.Constant(1 / kernel.Length);
            phi = TRegister.Exp(TRegister.Zero - x) * inverse;
            force = phi * inverse * inverse * (x + TRegister.Constant(1)); // -(dphi/dr) / r
        }
    }
}
