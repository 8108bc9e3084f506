using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Sorted keys to a balanced tree of nodes, and points to their columns: <c>bench --filter '*NodesBench*'</c>.</summary>
public class NodesBench : OperatorBench
{
    /// <summary>One update.</summary>
    [Benchmark]
    public void Nodes() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [
            new SplitNodes(method.World), new BalanceTree(method.World), new SpawnNodes(method.World), new PlacePoints<T>(method.World),
        ];
}
