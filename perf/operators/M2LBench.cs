using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Multipoles to locals over the V lists, by every strategy: <c>bench --filter '*M2LBench*'</c>.</summary>
public class M2LBench : ExpansionBench
{
    /// <inheritdoc/>
    [Params(TransferStrategy.Fft, TransferStrategy.Dense, TransferStrategy.Compressed)]
    public override TransferStrategy Transfer { get; set; }

    /// <summary>One update.</summary>
    [Benchmark]
    public void M2L() => Update();

    /// <inheritdoc/>
    protected override ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method) =>
        [TransferMethod.Of(Transfer).Create<T, TRegister>(method.World, method.ExpansionSizes, method.Algebra)];
}
