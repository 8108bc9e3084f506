using BenchmarkDotNet.Attributes;
using Fmm.Engine;

namespace Fmm.Perf;

/// <summary>
/// The decomposition behind the check-to-equivalent solve, of the sizes that orders 6, 10 and 16 ask for:
/// <c>dotnet run -c Release --project perf -- bench --filter '*SvdBench*'</c>.
/// </summary>
public class SvdBench
{
    private ILinearAlgebra _la = null!;
    private double[] _a = [];

    [Params(152, 488, 1352)]
    public int Size { get; set; }

    [Params(LinearAlgebraChoice.Native, LinearAlgebraChoice.Managed)]
    public LinearAlgebraChoice Provider { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        Random random = new(1);
        _la = LinearAlgebra.Create(Provider);
        _a = new double[Size * Size];
        for (int i = 0; i < _a.Length; i++) _a[i] = random.NextDouble() - 0.5;
    }

    [Benchmark]
    public double[] Svd() => _la.Svd(_a, Size, Size).S;
}
