namespace Fmm.Systems;

/// <summary>What a message between ranks is.</summary>
internal static class RankTag
{
    /// <summary>What belongs to points, on its way to the ranks that own their cells, or back.</summary>
    public const int Points = 4;

    /// <summary>Charges of ghosts.</summary>
    public const int Charges = 1;

    /// <summary>Multipoles of nodes that lie whole in one rank's cells.</summary>
    public const int Whole = 2;

    /// <summary>Multipoles of nodes that borders cut, for the lists.</summary>
    public const int Cut = 3;

    /// <summary>The same for the rank that puts their parent together; the level is added.</summary>
    public const int Upward = 16;
}
