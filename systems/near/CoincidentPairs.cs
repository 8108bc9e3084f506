using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Takes out of direct sums what a kernel gives at distance zero, which does not count.</summary>
internal static unsafe class CoincidentPairs<TKernel, TWide>
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, ILane<TWide, double>
{
    /// <summary>Subtracts the pairs of a target and a source at the same place from the targets' sums.</summary>
    public static void Subtract(
        TKernel kernel, in PointList<double> targets, in PointList<double> sources, double* charges, double* sums, int stride, bool gradient)
    {
        double* field = stackalloc double[PairField<TKernel, double, TWide>.Most];
        for (int t = 0; t < targets.Count; t++)
        {
            for (int s = 0; s < sources.Count; s++)
            {
                if (sources.X[s] != targets.X[t] || sources.Y[s] != targets.Y[t] || sources.Z[s] != targets.Z[t]) continue;
                PairField<TKernel, double, TWide>.OneWay(kernel, 0, 0, 0, charges + (s * TKernel.SourceComponents), gradient, field);
                for (int c = 0; c < DirectSum<TKernel, double, TWide>.Components(gradient); c++) sums[(c * stride) + t] -= field[c];
            }
        }
    }
}
