namespace Fmm.Engine;

/// <summary>
/// Who multiplies and decomposes matrices when operators are computed. The environment variable <c>FMM_BLAS</c>
/// (<c>managed</c>, <c>openblas</c> or <c>mkl</c>) overrules <see cref="Automatic"/>.
/// </summary>
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
