using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Multipoles to locals over the V lists, by both strategies: <c>bench --filter '*M2LBench*'</c>.</summary>
public class M2LBench : ExpansionBench
{
    /// <inheritdoc/>
    [Params(TransferStrategy.Fft, TransferStrategy.Dense)]
    public override TransferStrategy Transfer { get; set; }

    /// <summary>One update.</summary>
    [Benchmark]
    public void M2L() => Update();

    /// <inheritdoc/>
    protected override ISystem<FieldStep>[] Systems<T, TLane, TOctet>(FieldMethod method) =>
        [
            Transfer == TransferStrategy.Dense
                ? new DenseM2L<T>(method.World, method.Expansion, method.Algebra)
                : new FftM2L<T, TOctet, TLane>(method.World, method.Expansion),
        ];
}
