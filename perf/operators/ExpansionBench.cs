using BenchmarkDotNet.Attributes;

namespace Fmm.Perf;

/// <summary>A system whose work depends on the order.</summary>
public abstract class ExpansionBench : OperatorBench
{
    /// <inheritdoc/>
    [Params(6, 10)]
    public override int Order { get; set; }
}
