using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What is written where no buffer is, is told with the buffer's name, size and side.</summary>
[Category("Guarded")]
internal sealed unsafe class GuardTests
{
    private static readonly MemoryGuard[] _guards = [MemoryGuard.Canaries, MemoryGuard.Pages];

    [TestCaseSource(nameof(_guards))]
    public void OneElementPastTheEndIsTold(MemoryGuard guard)
    {
        var ledger = new Ledger(guard);
        var buffer = new NativeBuffer<double>(ledger, "charges", 5);
        Assert.That(ledger.CheckGuards, Throws.Nothing);
        buffer.Pointer[5] = 1;
        Assert.That(ledger.CheckGuards, Throws.TypeOf<MemoryGuardException>()
            .With.Message.Contains("'charges'").And.Message.Contains("40 bytes").And.Message.Match("past its end, [0-7] bytes behind"));
        Assert.That(buffer.Dispose, Throws.TypeOf<MemoryGuardException>());
        Assert.That(ledger.ThrowIfOutstanding, Throws.Nothing, "told or not, it is freed");
        Assert.That(ledger.OutstandingBytes, Is.Zero);
    }

    [TestCaseSource(nameof(_guards))]
    public void OneElementBeforeTheStartIsTold(MemoryGuard guard)
    {
        var ledger = new Ledger(guard);
        var buffer = new NativeBuffer<int>(ledger, "keys", 7);
        buffer.Pointer[-1] = 1;
        Assert.That(ledger.CheckGuards, Throws.TypeOf<MemoryGuardException>()
            .With.Message.Contains("'keys'").And.Message.Contains("28 bytes").And.Message.Contains("before its start"));
        Assert.That(buffer.Dispose, Throws.TypeOf<MemoryGuardException>());
    }

    [Test]
    public void WriteToABufferOfNoElementsIsTold([Values(0, 7, 8, 15)] int element)
    {
        var ledger = new Ledger(MemoryGuard.Canaries);
        var buffer = new NativeBuffer<double>(ledger, "scratch");
        buffer.Pointer[element] = 1;
        Assert.That(buffer.Dispose, Throws.TypeOf<MemoryGuardException>()
            .With.Message.Contains("'scratch' of 0 bytes").And.Message.Contains("past its end"));
    }

    [Test]
    [Platform("Linux")]
    public void WriteToABufferOfNoElementsFailsAtTheInstruction()
    {
        var ledger = new Ledger(MemoryGuard.Pages);
        using var buffer = new NativeBuffer<double>(ledger, "scratch");
        Assert.That(Touch.Reads(buffer.Pointer, 64), Is.True, "the padding may be read");
        Assert.That(Touch.Writes(buffer.Pointer, 8), Is.False);
        Assert.That(Touch.Writes(buffer.Pointer - 1, 8), Is.False);
    }

    [Test]
    [Platform("Linux")]
    public void PagesEndWhereTheBufferEnds([Values(8, 512, 1000, 4096)] int length)
    {
        var ledger = new Ledger(MemoryGuard.Pages);
        using var buffer = new NativeBuffer<double>(ledger, "values", length);
        double* end = buffer.Pointer + ((length + 7) / 8 * 8);
        Assert.That(Touch.Writes(buffer.Pointer, length * 8), Is.True);
        Assert.That(Touch.Writes(end, 8), Is.False);
        Assert.That(Touch.Reads(end, 64), Is.True);
        Assert.That(Touch.Reads(end + (Environment.SystemPageSize / 8), 8), Is.False);
        Assert.That((ulong)buffer.Pointer % 64, Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public void FreedPagesCannotBeTouched()
    {
        var ledger = new Ledger(MemoryGuard.Pages);
        var buffer = new NativeBuffer<double>(ledger, "values", 1000);
        double* before = buffer.Pointer;
        buffer.Resize(2000, keep: true);
        double* after = buffer.Pointer;
        Assert.That(Touch.Reads(before, 8), Is.False, "a pointer kept past a Resize");
        buffer.Dispose();
        Assert.That(Touch.Reads(after, 8), Is.False, "a pointer kept past Dispose");
    }

    [Test]
    public void WriteToFreedMemoryIsTold()
    {
        var ledger = new Ledger(MemoryGuard.Canaries);
        var buffer = new NativeBuffer<double>(ledger, "values", 100);
        double* kept = buffer.Pointer;
        buffer.Dispose();
        Assert.That(ledger.CheckGuards, Throws.Nothing);
        kept[3] = 1;
        Assert.That(ledger.CheckGuards, Throws.TypeOf<MemoryGuardException>().With.Message.Contains("Freed memory"));
    }

    [TestCaseSource(nameof(_guards))]
    public void WorldTellsAtItsEndAndFreesEverything(MemoryGuard guard)
    {
        World world = World.Create(guard);
        Archetype rows = world.Rows(Signature.Of(ComponentType.Of<Alpha>(), ComponentType.Of<Delta>()));
        rows.SetCount(5);
        rows.Chunk.WritePointer<Alpha>()[5].Value = 1;
        Assert.That(world.Dispose, Throws.TypeOf<MemoryGuardException>().With.Message.Contains("Alpha"));
        Assert.That(world.Ledger.ThrowIfOutstanding, Throws.Nothing);
        Assert.That(world.Dispose, Throws.Nothing);
    }

    [TestCaseSource(nameof(_guards))]
    public void GuardedBuffersHoldWhatOthersHold(MemoryGuard guard)
    {
        var ledger = new Ledger(guard);
        var buffer = new NativeBuffer<int>(ledger, "ints");
        for (int i = 0; i < 300; i++)
        {
            buffer.Resize(i + 1, keep: true);
            Assert.That(buffer[i], Is.Zero);
            buffer[i] = i;
        }
        buffer.Resize(200);
        Assert.That(buffer.Span.ToArray(), Is.EqualTo(Enumerable.Range(0, 200)), "what shrinks keeps what is left");
        Assert.That(new ReadOnlySpan<int>(buffer.Pointer + 200, 16).ToArray(), Is.All.Zero);
        buffer.Dispose();
        Assert.That(ledger.CheckGuards, Throws.Nothing);
    }

    [Test]
    [NonParallelizable]
    public void EnvironmentSetsTheGuard()
    {
        string? before = Environment.GetEnvironmentVariable("FMM_GUARD");
        try
        {
            foreach ((string? text, MemoryGuard guard) in (IEnumerable<(string?, MemoryGuard)>)[
                (null, MemoryGuard.Off), ("off", MemoryGuard.Off), ("pages", MemoryGuard.Pages), ("Canaries", MemoryGuard.Canaries)])
            {
                Environment.SetEnvironmentVariable("FMM_GUARD", text);
                using World world = World.Create();
                Assert.That(world.Ledger.Guard, Is.EqualTo(guard));
            }
            Environment.SetEnvironmentVariable("FMM_GUARD", "page");
            Assert.That(() => new Ledger(), Throws.InvalidOperationException.With.Message.Contains("'page'").And.Message.Contains("canaries"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("FMM_GUARD", before);
        }
    }

    /// <summary>Lets the kernel read or write at an address: it refuses where an instruction would end the process.</summary>
    private static class Touch
    {
        internal static bool Writes(void* address, int bytes)
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle source = File.OpenHandle("/proc/self/exe");
            return Try(() => RandomAccess.Read(source, new Span<byte>(address, bytes), 0));
        }

        internal static bool Reads(void* address, int bytes)
        {
            string path = Path.GetTempFileName();
            try
            {
                using Microsoft.Win32.SafeHandles.SafeFileHandle target = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
                return Try(() => RandomAccess.Write(target, new ReadOnlySpan<byte>(address, bytes), 0));
            }
            finally
            {
                File.Delete(path);
            }
        }

        private static bool Try(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
