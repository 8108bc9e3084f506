namespace Fmm.Engine;

/// <summary>How a system touches a component or resource; values combine.</summary>
[Flags]
internal enum AccessKind
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Reads the rows that it iterates.</summary>
    Read = 1,

    /// <summary>Reads any row.</summary>
    Gather = 2,

    /// <summary>Writes the rows that it iterates; may read any.</summary>
    Write = 4,

    /// <summary>Makes and removes rows that hold the component, and writes it.</summary>
    Create = 8,
}
