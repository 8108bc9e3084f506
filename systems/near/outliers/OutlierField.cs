using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Resource: what outliers give and take, in double precision and in the user's units: a row a target in Morton order, laid out as the
/// field columns. Empty where there are none.
/// </summary>
internal sealed class OutlierField(Ledger ledger) : IDisposable
{
    /// <summary>The rows.</summary>
    public NativeBuffer<double> Values { get; } = new(ledger, "outliers: field");

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();
}
