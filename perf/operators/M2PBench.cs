using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Multipoles to particles over the W lists: <c>bench --filter '*M2PBench*'</c>.</summary>
public class M2PBench : ExpansionBench
{
    /// <inheritdoc/>
    [Params(false, true)]
    public override bool Gradient { get; set; }

    /// <summary>One update.</summary>
    [Benchmark]
    public void M2P() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [new M2P<Laplace, T, TRegister>(method.World, default, method.ExpansionSizes, Gradient)];
}
