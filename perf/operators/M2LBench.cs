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
    protected override ISystem<FieldStep>[] Systems<T, TLane, TOctet>(FieldMethod method) =>
        [
            Transfer switch
            {
                TransferStrategy.Dense => new DenseM2L<T>(method.World, method.Expansion, method.Algebra),
                TransferStrategy.Compressed => new CompressedM2L<T, TLane>(method.World, method.Expansion),
                _ => new FftM2L<T, TOctet, TLane>(method.World, method.Expansion),
            },
        ];
}
