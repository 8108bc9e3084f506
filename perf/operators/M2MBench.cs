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
    protected override ISystem<FieldStep>[] Systems<T, TLane, TOctet>(FieldMethod method) =>
        [new M2M<T, TLane>(method.World, method.Expansion)];
}
