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
    protected override ISystem<FieldStep>[] Systems<T, TLane, TOctet>(FieldMethod method) =>
        [new P2M<T, TLane>(method.World, method.Expansion)];
}
