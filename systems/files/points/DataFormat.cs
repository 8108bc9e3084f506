namespace Fmm.Files;

/// <summary>The forms of files that points and fields come in.</summary>
public enum DataFormat
{
    /// <summary>A table as text, a row a point (.csv).</summary>
    Csv,

    /// <summary>HDF5 under the names of PyExaFMM (.h5, .hdf5).</summary>
    Hdf5,

    /// <summary>An array of NumPy (.npy).</summary>
    Npy,

    /// <summary>Several arrays of NumPy by their names (.npz).</summary>
    Npz,

    /// <summary>Legacy VTK, binary, for ParaView (.vtk): fields only.</summary>
    Vtk,

    /// <summary>XDMF for ParaView (.xdmf), its numbers in an HDF5 file of the same name beside it: fields only.</summary>
    Xdmf,
}
