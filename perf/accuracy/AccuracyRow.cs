using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>One row of the accuracy table: what runs, and the relative L2 errors it may have.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Cloud">cube or sphere.</param>
/// <param name="Precision">Precision.</param>
/// <param name="Order">Order.</param>
/// <param name="Potential">Largest error of the potential; null where only its fall with the order is asked for.</param>
/// <param name="Gradient">Largest error of the gradient; null where none is asked for.</param>
internal sealed record AccuracyRow(string Kernel, string Cloud, Precision Precision, int Order, double? Potential, double? Gradient)
{
    // The target columns of the reference table: measured for 1e6 points in the cube, asked for of the sphere, too.
    private static readonly (int Order, double Potential, double? Gradient)[] _double =
    [
        (4, 2.4e-4, 5.9e-4), (6, 2.7e-6, 1.4e-5), (8, 5e-8, 4.3e-7), (10, 5e-9, 5e-8), (12, 3e-11, 4.5e-10), (14, 4e-12, null), (16, 5e-13, null),
    ];

    private static readonly (int Order, double? Potential, double? Gradient)[] _single =
        [(4, 2.4e-4, 5.9e-4), (6, 3.5e-6, 1.4e-5), (8, 1e-6, null), (10, null, null)];

    /// <summary>Rows in the order in which they run: errors must fall from row to row of one group.</summary>
    public static IEnumerable<AccuracyRow> All(bool quick)
    {
        int largest = quick ? 10 : FmmOptions.LargestOrder;
        foreach (string cloud in (string[])["cube", "sphere"])
        {
            foreach ((int order, double potential, double? gradient) in _double)
                if (order <= largest) yield return new AccuracyRow(Laplace.Name, cloud, Precision.Double, order, potential, gradient);
            foreach ((int order, double? potential, double? gradient) in _single)
                yield return new AccuracyRow(Laplace.Name, cloud, Precision.Single, order, potential, gradient);
        }
        foreach (string cloud in (string[])["cube", "sphere"])
            yield return new AccuracyRow(Yukawa.Name, cloud, Precision.Double, 8, 7.4e-8, 3.1e-7);
    }
}
