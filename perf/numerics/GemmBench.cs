using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Fmm.Engine;

namespace Fmm.Perf;

/// <summary>
/// Matrix products of the sizes that precomputation has, by the native library and by the managed provider:
/// <c>dotnet run -c Release --project perf -- bench --filter '*GemmBench*'</c>. The work of a call is 2 m n k.
/// </summary>
/// <typeparam name="T">The precision.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public unsafe class GemmBench<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private ILinearAlgebra _la = null!;
    private T* _a, _b, _c;
    private int _m, _n, _k;

    [Params("64x152x152", "32x1216x152", "256x256x256")]
    public string Size { get; set; } = "";

    [Params(LinearAlgebraChoice.Native, LinearAlgebraChoice.Managed)]
    public LinearAlgebraChoice Provider { get; set; }

    [Params(false, true)]
    public bool TransB { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _la = LinearAlgebra.Create(Provider);
        int[] size = [.. Size.Split('x').Select(int.Parse)];
        (_m, _n, _k) = (size[0], size[1], size[2]);
        _a = Matrix(_m * _k);
        _b = Matrix(_k * _n);
        _c = Matrix(_m * _n);
    }

    [GlobalCleanup]
    public void Free()
    {
        NativeMemory.AlignedFree(_a);
        NativeMemory.AlignedFree(_b);
        NativeMemory.AlignedFree(_c);
    }

    [Benchmark]
    public void Gemm() => _la.Gemm(TransB, _m, _n, _k, _a, _k, _b, TransB ? _k : _n, _c, _n);

    private static T* Matrix(int count)
    {
        Random random = new(1);
        T* matrix = (T*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(T)), 64);
        for (int i = 0; i < count; i++) matrix[i] = T.CreateChecked(random.NextDouble() - 0.5);
        return matrix;
    }
}
