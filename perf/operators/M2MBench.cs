using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Multipoles to their parents: <c>bench --filter '*M2MBench*'</c>.</summary>
public class M2MBench : ExpansionBench
{
    /// <summary>One update.</summary>
    [Benchmark]
    public void M2M() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new M2M<T, TRegister>(method.World, method.ExpansionSizes)];
}
