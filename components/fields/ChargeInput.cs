using Fmm.Engine;

namespace Fmm.Components;

/// <summary>Resource: the charges of all sources in input order, in double precision, the kernel's components of each together.</summary>
public sealed class ChargeInput(Ledger ledger) : IDisposable
{
    /// <summary>Sources times components numbers.</summary>
    public NativeBuffer<double> Values { get; } = new(ledger, "input: charges");

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();
}
