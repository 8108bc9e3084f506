using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Particles to particles over the U lists: <c>bench --filter '*P2PBench*'</c>.</summary>
public class P2PBench : OperatorBench
{
    /// <inheritdoc/>
    [Params(false, true)]
    public override bool Gradient { get; set; }

    /// <summary>One update.</summary>
    [Benchmark]
    public void P2P() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new P2P<Laplace, T, TRegister, TRegister, TRegister, Register512<double>>(method.World, default, method.ExpansionSizes, Gradient)];
}
