namespace Fmm.Engine;

/// <summary>Which linear algebra a world works with; see <see cref="LinearAlgebra.Create"/>.</summary>
public enum LinearAlgebraChoice
{
    /// <summary>MKL if it is installed, else the managed provider, with OpenBLAS for decompositions if that is installed.</summary>
    Automatic,

    /// <summary>MKL, else OpenBLAS; an error if neither is installed.</summary>
    Native,

    /// <summary>Intel's Math Kernel Library, or an error.</summary>
    Mkl,

    /// <summary>OpenBLAS, or an error.</summary>
    OpenBlas,

    /// <summary>The provider that needs nothing but the .NET runtime.</summary>
    Managed,
}
