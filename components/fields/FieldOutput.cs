using Fmm.Engine;

namespace Fmm.Components;

/// <summary>Resource: the field at all targets in input order, in double precision.</summary>
public sealed class FieldOutput(Ledger ledger) : IDisposable
{
    /// <summary>Potentials: the kernel's components of each target together.</summary>
    public NativeBuffer<double> Potentials { get; } = new(ledger, "output: potentials");

    /// <summary>Gradients: three derivatives (x, y, z) of each component of each target; empty unless they are asked for.</summary>
    public NativeBuffer<double> Gradients { get; } = new(ledger, "output: gradients");

    /// <inheritdoc/>
    public void Dispose()
    {
        Potentials.Dispose();
        Gradients.Dispose();
    }
}
