namespace Fmm.Files;

/// <summary>What the elements of a dataset are.</summary>
public enum Hdf5Type
{
    /// <summary>Floating point of 32 bits.</summary>
    Single,

    /// <summary>Floating point of 64 bits.</summary>
    Double,

    /// <summary>Whole numbers that 32 bits with a sign hold: also those of 8 and 16 bits, and truth values.</summary>
    Int32,

    /// <summary>Whole numbers of 64 bits, and those of 32 without a sign.</summary>
    Int64,

    /// <summary>Pairs {r, i} of 32 bits each, as h5py writes complex numbers.</summary>
    ComplexSingle,

    /// <summary>Pairs {r, i} of 64 bits each, as h5py writes complex numbers.</summary>
    ComplexDouble,

    /// <summary>Text of a fixed or a variable length.</summary>
    Text,

    /// <summary>Anything else: it can be listed, but not read.</summary>
    Other,
}
