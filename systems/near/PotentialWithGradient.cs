namespace Fmm.Systems;

/// <summary>The potential and its gradient.</summary>
internal readonly struct PotentialWithGradient : IFieldPart
{
    public static bool Gradient => true;
}
