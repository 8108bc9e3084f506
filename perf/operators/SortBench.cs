using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Points to sorted Morton keys: <c>bench --filter '*SortBench*'</c>.</summary>
public class SortBench : OperatorBench
{
    /// <summary>One update.</summary>
    [Benchmark]
    public void Sort() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new BoundPoints(method.World, quantised: false), new EncodeKeys(method.World), new SortPoints(method.World)];
}
