namespace Fmm.Samples;

/// <summary>Whoever watches wants the scene from its beginning: the run ends here, what it was writing is left away, and it is set up anew.</summary>
public sealed class RunRestartedException : Exception
{
    /// <summary>Ends a run.</summary>
    public RunRestartedException()
        : base("the scene begins anew")
    {
    }
}
