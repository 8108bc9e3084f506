namespace Fmm.Systems;

/// <summary>A kernel does not do what it declares; the message names the declaration, the pair that shows it, both values and the remedy.</summary>
public sealed class KernelException : ArgumentException
{
    /// <summary>The exception for what was found.</summary>
    /// <param name="findings">One finding or more, from <see cref="KernelCheck.Run{TKernel}"/>.</param>
    public KernelException(IReadOnlyList<KernelFinding> findings)
        : base(string.Join(" ", findings.Select(one => one.Message))) => Findings = findings;

    /// <summary>What was found.</summary>
    public IReadOnlyList<KernelFinding> Findings { get; }
}
