namespace Fmm.Engine;

/// <summary>A system that knows who owns it, and what it owns: schedules, groups, and all that derive from
/// <see cref="BaseSystem{W, T}"/>.</summary>
internal interface IPart
{
    /// <summary>The schedule or group that it was added to; null: none.</summary>
    object? Owner { get; set; }

    /// <summary>The systems that it runs.</summary>
    IEnumerable<object> Parts { get; }

    /// <summary>The world that it works on itself, where it tells.</summary>
    World? World { get; }
}
