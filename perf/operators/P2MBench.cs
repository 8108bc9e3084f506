using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Particles to multipoles: <c>bench --filter '*P2MBench*'</c>.</summary>
public class P2MBench : ExpansionBench
{
    /// <summary>One update.</summary>
    [Benchmark]
    public void P2M() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new P2M<T, TRegister>(method.World, method.ExpansionSizes)];
}
