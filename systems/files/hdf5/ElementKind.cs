namespace Fmm.Files;

/// <summary>The bytes of an element as they lie in a file.</summary>
internal enum ElementKind
{
    /// <summary>None that can be read as numbers.</summary>
    Other,

    /// <summary>Text.</summary>
    Text,

    /// <summary>8 bits with a sign.</summary>
    Int8,

    /// <summary>8 bits without a sign.</summary>
    UInt8,

    /// <summary>16 bits with a sign.</summary>
    Int16,

    /// <summary>16 bits without a sign.</summary>
    UInt16,

    /// <summary>32 bits with a sign.</summary>
    Int32,

    /// <summary>32 bits without a sign.</summary>
    UInt32,

    /// <summary>64 bits with a sign.</summary>
    Int64,

    /// <summary>64 bits without a sign.</summary>
    UInt64,

    /// <summary>Floating point of 32 bits.</summary>
    Single,

    /// <summary>Floating point of 64 bits.</summary>
    Double,

    /// <summary>A pair of 32 bits each.</summary>
    ComplexSingle,

    /// <summary>A pair of 64 bits each.</summary>
    ComplexDouble,
}
