using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the field at all targets in input order, in double precision. Whole or empty: an update empties it, and fills it when
/// it ends well.
/// </summary>
public sealed class FieldOutput(Ledger ledger) : IDisposable
{
    /// <summary>Potentials: the kernel's components of each target together.</summary>
    public NativeBuffer<double> Potentials { get; } = new(ledger, "output: potentials");

    /// <summary>Gradients: three derivatives (x, y, z) of each component of each target; empty unless they are asked for.</summary>
    public NativeBuffer<double> Gradients { get; } = new(ledger, "output: gradients");

    /// <summary>Second derivatives of the potential, xx, xy, xz, yy, yz, zz of each target; empty unless they are asked for.</summary>
    public NativeBuffer<double> Hessians { get; } = new(ledger, "output: hessians");

    /// <summary>Empties all; their memory is kept.</summary>
    public void Clear()
    {
        Potentials.Resize(0);
        Gradients.Resize(0);
        Hessians.Resize(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Potentials.Dispose();
        Gradients.Dispose();
        Hessians.Dispose();
    }
}
