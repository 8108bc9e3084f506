using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

// A kernel of your own in ten lines: a screened charge, phi = exp(-r / length) / r.
readonly record struct Debye(double Length) : IRadialKernel<Debye>
{
    public static string Name => "debye";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<R>(Debye kernel, R r2, out R phi, out R force)
        where R : unmanaged, IRegister<R>
    {
        R inverse = R.InverseSqrt(r2), x = r2 * inverse * R.Constant(1 / kernel.Length);
        phi = R.Exp(R.Zero - x) * inverse;
        force = phi * inverse * inverse * (x + R.Constant(1));
    }
}

static class OwnKernel
{
    public static void Run()
    {
        (Position[] points, double[] charges) = Cloud.Draw(8000);
        double[] potentials = new double[8000], gradients = new double[24000], exact = new double[20], slopes = new double[60];
        using FmmSolver solver = FmmSolver.Create(new Debye(0.4), new FmmOptions { Order = 8, Gradient = true });
        solver.SetPoints(points);
        Cloud.Warm(() => solver.Evaluate(charges, potentials, gradients));
        DirectSums.Add(new Debye(0.4), points.AsSpan(0, 20), points, charges, exact, slopes);
        double slope = Enumerable.Range(0, 20).Max(i => Math.Abs(gradients[3 * i] - slopes[i])) / slopes.Max(Math.Abs);
        Console.WriteLine($"error {Cloud.Error(potentials, exact):e1}, of the gradient {slope:e1}");
    }
}
