using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Locals to particles: <c>bench --filter '*L2PBench*'</c>.</summary>
public class L2PBench : ExpansionBench
{
    /// <inheritdoc/>
    [Params(false, true)]
    public override bool Gradient { get; set; }

    /// <summary>One update.</summary>
    [Benchmark]
    public void L2P() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new L2P<T, TRegister>(method.World, method.ExpansionSizes, Gradient)];
}
