namespace Fmm.Systems;

/// <summary>A parameter of a kernel that is chosen by name.</summary>
/// <param name="Name">Its name, such as k.</param>
/// <param name="Preset">Its value where none is given; null where one must be.</param>
public readonly record struct KernelParameter(string Name, double? Preset);
