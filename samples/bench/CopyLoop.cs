using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>Copies a block that no cache holds; a byte read and a byte written count as two.</summary>
internal sealed unsafe class CopyLoop : LimitLoop, IDisposable
{
    private const int Length = 64 << 20;
    private readonly NativeBuffer<byte> _from;
    private readonly NativeBuffer<byte> _to;

    public CopyLoop()
    {
        Ledger ledger = new();
        _from = new NativeBuffer<byte>(ledger, "copied from", Length);
        _to = new NativeBuffer<byte>(ledger, "copied to", Length);
        _from.Span.Fill(1);
    }

    protected override double Work => 2.0 * Length;

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    protected override void Repeat(int worker, int repetitions)
    {
        for (int i = 0; i < repetitions; i++) _from.Span.CopyTo(_to.Span);
    }
}
