namespace Fmm.Systems;

/// <summary>An octet that M2L has something to bring to.</summary>
/// <param name="Level">Level of its nodes.</param>
/// <param name="Octet">Which of the level.</param>
internal readonly record struct TargetOctet(int Level, int Octet);
