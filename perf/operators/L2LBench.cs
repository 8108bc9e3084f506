using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Locals to their children: <c>bench --filter '*L2LBench*'</c>.</summary>
public class L2LBench : ExpansionBench
{
    /// <summary>One update.</summary>
    [Benchmark]
    public void L2L() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new L2L<T, TRegister>(method.World, method.ExpansionSizes)];
}
