using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Particles to locals over the X lists: <c>bench --filter '*P2LBench*'</c>.</summary>
public class P2LBench : ExpansionBench
{
    /// <summary>One update.</summary>
    [Benchmark]
    public void P2L() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new P2L<Laplace, T, TRegister>(method.World, default, method.ExpansionSizes)];
}
