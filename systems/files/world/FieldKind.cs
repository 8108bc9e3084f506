namespace Fmm.Files;

/// <summary>What a field of a component is in memory.</summary>
internal enum FieldKind
{
    /// <summary>A double.</summary>
    Double,

    /// <summary>A float.</summary>
    Single,

    /// <summary>64 bits with a sign.</summary>
    Int64,

    /// <summary>64 bits without a sign.</summary>
    UInt64,

    /// <summary>32 bits with a sign.</summary>
    Int32,

    /// <summary>32 bits without a sign.</summary>
    UInt32,

    /// <summary>16 bits with a sign.</summary>
    Int16,

    /// <summary>16 bits without a sign, or a letter.</summary>
    UInt16,

    /// <summary>8 bits with a sign.</summary>
    SByte,

    /// <summary>8 bits without a sign, or a truth.</summary>
    Byte,

    /// <summary>An entity's name.</summary>
    Name,
}
