using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>A scene with several charge vectors, vector after vector, each of other charges.</summary>
internal sealed class VectorScene(Scene scene, int count, double[] charges)
{
    public double[] Charges => charges;

    public Scene Points => scene;

    public ChargeVectors Vectors => new(count);

    public static VectorScene Of(Scene scene, int count, int components) =>
        new(scene, count, [.. Enumerable.Range(0, count).SelectMany(vector => Samples.PointClouds.Charges(scene.Sources.Length * components, vector + 1).Select(q => q * (1 + (3 * vector))))]);

    public (double[] Potentials, double[] Gradients) Together<TKernel>(TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using FmmSolver solver = Solver(kernel, options);
        return Together<TKernel>(solver, options.Gradient);
    }

    public (double[] Potentials, double[] Gradients) Together<TKernel>(FmmSolver solver, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double[] potentials = new double[count * scene.TargetCount * TKernel.PotentialComponents], gradients = new double[gradient ? 3 * potentials.Length : 0];
        solver.Evaluate(Vectors, charges, potentials, gradients);
        return (potentials, gradients);
    }

    public (double[] Potentials, double[] Gradients) OneByOne<TKernel>(TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using FmmSolver solver = Solver(kernel, options);
        double[] potentials = new double[count * scene.TargetCount * TKernel.PotentialComponents], gradients = new double[options.Gradient ? 3 * potentials.Length : 0];
        int given = charges.Length / count, found = potentials.Length / count, slopes = gradients.Length / count;
        for (int vector = 0; vector < count; vector++)
            solver.Evaluate(charges.AsSpan(vector * given, given), potentials.AsSpan(vector * found, found), gradients.AsSpan(vector * slopes, slopes));
        return (potentials, gradients);
    }

    public FmmSolver Solver<TKernel>(TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        FmmSolver solver = FmmSolver.Create(kernel, options);
        if (scene.Targets is null) solver.SetPoints(scene.Sources);
        else solver.SetPoints(scene.Sources, scene.Targets);
        return solver;
    }

    /// <summary>Largest difference over the largest number.</summary>
    public static double Difference(double[] found, double[] expected) =>
        found.Length == 0 ? 0 : found.Zip(expected, (a, b) => Math.Abs(a - b)).Max() / expected.Max(Math.Abs);
}
