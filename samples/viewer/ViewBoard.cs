namespace Fmm.Samples;

/// <summary>What the run shows to all viewers: the scene, the sizes of its points, statistics, and whether it is over. Each part is replaced as a whole.</summary>
internal sealed class ViewBoard
{
    private volatile ViewScene? _scene;
    private volatile float[]? _sizes;
    private volatile ViewStatistics? _statistics;
    private volatile bool _isOver;

    /// <summary>The scene; null before the first one is set up.</summary>
    public ViewScene? Scene
    {
        get => _scene;
        set => _scene = value;
    }

    /// <summary>Sizes of points.</summary>
    public float[]? Sizes
    {
        get => _sizes;
        set => _sizes = value;
    }

    /// <summary>Times and invariants.</summary>
    public ViewStatistics? Statistics
    {
        get => _statistics;
        set => _statistics = value;
    }

    /// <summary>Whether the last step is done.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
