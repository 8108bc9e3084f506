using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Nodes to colleagues, lists, and the cutting of work: <c>bench --filter '*ListsBench*'</c>.</summary>
public class ListsBench : OperatorBench
{
    /// <summary>One update.</summary>
    [Benchmark]
    public void Lists() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [
            new LinkColleagues(method.World), new BuildNearLists(method.World), new BuildMixedLists(method.World), new BuildFarLists(method.World),
            new PlanWork(method.World, mutual: true),
        ];
}
