namespace Fmm.Systems;

/// <summary>The potential and nothing else.</summary>
internal readonly struct PotentialAlone : IFieldPart
{
    public static bool Gradient => false;
}
