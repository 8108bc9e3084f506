using System.Globalization;
using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>An evaluation that is timed by the C# solver and by the library for C, on the same points and charges.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Parameters">Its parameters' values.</param>
/// <param name="Order">Order p.</param>
/// <param name="IsSingle">Whether the loops are of single precision.</param>
/// <param name="Gradient">Whether the gradient is computed.</param>
/// <param name="Points">Points, uniform in a cube.</param>
/// <param name="Turns">Evaluations after the first.</param>
internal sealed record LibraryCase(string Kernel, double[] Parameters, int Order, bool IsSingle, bool Gradient, int Points, int Turns)
{
    /// <summary>All of them.</summary>
    public static readonly LibraryCase[] All =
    [
        new("laplace", [], 7, false, true, 100_000, 30),
        new("laplace", [], 4, true, true, 100_000, 60),
        new("laplace", [], 6, false, false, 1_000_000, 6),
        new("yukawa", [5], 6, false, false, 100_000, 20),
        new("helmholtz", [5], 6, false, true, 50_000, 12),
        new("stokes", [1], 6, false, false, 50_000, 20),
    ];

    /// <summary>The case for people.</summary>
    public string Name => $"{Kernel}, {(IsSingle ? "f32" : "f64")}, order {Order}{(Gradient ? ", gradient" : "")}, {Points:N0}";

    /// <summary>The options in the words of fmm_create.</summary>
    public string Words
    {
        get
        {
            IEnumerable<string> parameters = BuiltInKernel.Named(Kernel).Parameters.Zip(Parameters, (one, value) => string.Create(CultureInfo.InvariantCulture, $"{one.Name}={value}"));
            return string.Join(' ', [.. parameters, $"order={Order}", $"precision={(IsSingle ? "single" : "double")}", $"gradient={(Gradient ? "yes" : "no")}"]);
        }
    }

    /// <summary>The first evaluation by the C# solver, and the shortest of the others, in milliseconds.</summary>
    public (double First, double Shortest) Measure()
    {
        BuiltInKernel kernel = BuiltInKernel.Named(Kernel);
        using FmmSolver solver = kernel.CreateSolver(Parameters, new FmmOptions { Order = Order, Precision = IsSingle ? Precision.Single : Precision.Double, Gradient = Gradient });
        ulong state = 1;
        Position[] points = new Position[Points];
        for (int i = 0; i < Points; i++) points[i] = new Position(Uniform(), Uniform(), Uniform());
        solver.SetPoints(points);
        double[] charges = new double[Points * kernel.SourceComponents], potentials = new double[Points * kernel.PotentialComponents], gradients = new double[Gradient ? 3 * potentials.Length : 0];
        for (int i = 0; i < charges.Length; i++) charges[i] = Uniform() - 0.5;
        double first = 0, shortest = double.PositiveInfinity;
        for (int turn = 0; turn <= Turns; turn++)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            solver.Evaluate(charges, potentials, gradients);
            double taken = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (turn == 0) first = taken;
            else shortest = Math.Min(shortest, taken);
        }

        return (first, shortest);

        // That of times.c.
        double Uniform() => ((state = (6364136223846793005 * state) + 1442695040888963407) >> 11) / 9007199254740992.0;
    }
}
