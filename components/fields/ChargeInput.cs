using Fmm.Engine;

namespace Fmm.Components;

/// <summary>Resource: the charges of all sources in input order, in double precision, the kernel's components of each together.</summary>
public sealed class ChargeInput(Ledger ledger) : IDisposable
{
    /// <summary>Sources times components numbers.</summary>
    public NativeBuffer<double> Values { get; } = new(ledger, "input: charges");

    /// <summary>
    /// The charge that the operators take for 1: the largest of the last step's, rounded down to a power of two, so that neither large nor
    /// small charges leave the range of the working precision. 1 where all are zero.
    /// </summary>
    public double Unit { get; set; } = 1;

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();
}
