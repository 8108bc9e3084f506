using Fmm.Engine;

namespace Fmm.Components;

/// <summary>Resource: the Morton keys of the input, at level 21 and in the user's order; what the sort starts from.</summary>
internal sealed class MortonKeys : IDisposable
{
    /// <summary>No keys yet; the buffers are entered in a world's ledger.</summary>
    /// <param name="ledger">The ledger of the world that the points belong to.</param>
    public MortonKeys(Ledger ledger)
    {
        Sources = new NativeBuffer<ulong>(ledger, "keys.sources");
        Targets = new NativeBuffer<ulong>(ledger, "keys.targets");
    }

    /// <summary>A key a source.</summary>
    public NativeBuffer<ulong> Sources { get; }

    /// <summary>A key a target; empty when the targets are the sources.</summary>
    public NativeBuffer<ulong> Targets { get; }

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        Sources.Dispose();
        Targets.Dispose();
    }
}
