namespace Fmm.Engine;

/// <summary>The direction of a pass over levels.</summary>
public enum LevelOrder
{
    /// <summary>From the deepest level (the greatest number) to the root: children before parents.</summary>
    BottomUp,

    /// <summary>From the root (level 0) down: parents before children.</summary>
    TopDown,
}
