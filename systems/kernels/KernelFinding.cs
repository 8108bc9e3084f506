using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Something that a kernel declares and that its own values contradict.</summary>
/// <param name="Declaration">The member that is false, by its name in <see cref="IKernel{TSelf}"/>.</param>
/// <param name="Offset">Target minus source of the pair that shows it.</param>
/// <param name="Expected">What follows from the scalar form and the declaration.</param>
/// <param name="Found">What was found in its place.</param>
/// <param name="Message">All of it in a sentence, with the remedy.</param>
public sealed record KernelFinding(string Declaration, Position Offset, double Expected, double Found, string Message);
