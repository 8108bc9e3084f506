using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Native memory: alignment, padding, growth, the ledger.</summary>
[Category("Guarded")]
internal sealed unsafe class NativeBufferTests
{
    [Test]
    public void MemoryIsAlignedToACacheLine([Values(0, 1, 7, 64, 1000, 100_001)] int length)
    {
        var ledger = new Ledger();
        using var bytes = new NativeBuffer<byte>(ledger, "bytes", length);
        using var doubles = new NativeBuffer<double>(ledger, "doubles", length);
        Assert.That((ulong)bytes.Pointer % 64, Is.Zero);
        Assert.That((ulong)doubles.Pointer % 64, Is.Zero);
    }

    [Test]
    public void PaddingPastTheEndIsZeroAfterEveryResize()
    {
        using var buffer = new NativeBuffer<float>(new Ledger(), "floats");
        foreach (int length in (int[])[100, 37, 90, 1, 0, 300, 299])
        {
            buffer.Resize(length);
            buffer.Span.Fill(7f);
            buffer.Resize(length);
            var tail = new ReadOnlySpan<float>(buffer.Pointer + length, 16);
            Assert.That(tail.ToArray(), Is.All.Zero, $"length {length}");
        }
    }

    [Test]
    public void KeptElementsStayAndNewOnesAreZero()
    {
        using var buffer = new NativeBuffer<int>(new Ledger(), "ints");
        for (int i = 0; i < 1000; i++)
        {
            buffer.Resize(i + 1, keep: true);
            Assert.That(buffer[i], Is.Zero);
            buffer[i] = i + 1;
        }
        Assert.That(buffer.Span.ToArray(), Is.EqualTo(Enumerable.Range(1, 1000)));
        buffer.Resize(10, keep: true);
        buffer.Resize(20, keep: true);
        Assert.That(buffer.Span[10..].ToArray(), Is.All.Zero, "shrinking forgets");
    }

    [Test]
    [Category("Unguarded")]
    public void ShrinkingKeepsTheMemory()
    {
        using var buffer = new NativeBuffer<double>(new Ledger(), "doubles", 1000);
        double* before = buffer.Pointer;
        buffer.Resize(10);
        buffer.Resize(1100);
        Assert.That((nint)buffer.Pointer, Is.EqualTo((nint)before));
    }

    [Test]
    public void ClearZeroesEverything()
    {
        using var buffer = new NativeBuffer<long>(new Ledger(), "longs", 100);
        buffer.Span.Fill(-1);
        buffer.Clear();
        Assert.That(buffer.Span.ToArray(), Is.All.Zero);
    }

    [Test]
    public void LedgerNamesWhatIsLeft()
    {
        var ledger = new Ledger();
        var first = new NativeBuffer<int>(ledger, "first", 100);
        using (new NativeBuffer<int>(ledger, "second", 1000))
        {
            Assert.That(ledger.Outstanding, Is.EqualTo(2));
            Assert.That(ledger.OutstandingBytes, Is.GreaterThanOrEqualTo(4400));
        }
        Assert.That(ledger.Outstanding, Is.EqualTo(1));
        Assert.That(ledger.PeakBytes, Is.GreaterThanOrEqualTo(4400));
        Assert.That(ledger.Report(), Does.Contain("first").And.Not.Contain("second"));
        Assert.That(ledger.ThrowIfOutstanding, Throws.InvalidOperationException.With.Message.Contains("first"));
        first.Dispose();
        first.Dispose();
        Assert.That(ledger.ThrowIfOutstanding, Throws.Nothing);
        Assert.That(ledger.OutstandingBytes, Is.Zero);
    }

    [Test]
    public void MisuseThrows()
    {
        var buffer = new NativeBuffer<int>(new Ledger(), "ints", 4);
        Assert.That(() => buffer[4], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => buffer[-1], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => buffer.Resize(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        buffer.Dispose();
        Assert.That(() => buffer.Resize(1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => buffer[0], Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
