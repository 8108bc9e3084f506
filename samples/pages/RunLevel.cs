namespace Fmm.Samples;

/// <summary>A level of a run's tree.</summary>
/// <param name="Level">Level.</param>
/// <param name="Nodes">Nodes.</param>
/// <param name="Leaves">Leaves.</param>
/// <param name="Means">Mean members of U, V, W and X lists.</param>
/// <param name="Largest">Members of the longest.</param>
internal sealed record RunLevel(int Level, int Nodes, int Leaves, IReadOnlyList<double> Means, IReadOnlyList<int> Largest);
