namespace Fmm.Files;

/// <summary>Sorts of files, by the upper four bits of their mode.</summary>
internal enum FileKind
{
    /// <summary>A pipe with or without a name.</summary>
    Pipe = 1,

    /// <summary>A terminal, /dev/null and the like.</summary>
    CharacterDevice = 2,

    /// <summary>A folder.</summary>
    Folder = 4,

    /// <summary>A disk.</summary>
    BlockDevice = 6,

    /// <summary>An ordinary file.</summary>
    Regular = 8,

    /// <summary>A socket with or without a name.</summary>
    Socket = 12,
}
