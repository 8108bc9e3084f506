namespace Fmm.Files;

/// <summary>A complex number as h5py writes it: a compound of r and i, whose names in the file are those of the fields here.</summary>
internal struct Hdf5Complex
{
    /// <summary>The real part.</summary>
    public double r;

    /// <summary>The imaginary part.</summary>
    public double i;
}
