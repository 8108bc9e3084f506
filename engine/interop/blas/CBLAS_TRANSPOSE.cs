namespace Fmm.Engine.Interop;

/// <summary>Whether a matrix is taken as it lies, from <c>cblas.h</c>.</summary>
internal enum CBLAS_TRANSPOSE
{
    /// <summary>As it lies.</summary>
    CblasNoTrans = 111,

    /// <summary>Its transpose.</summary>
    CblasTrans = 112,

    /// <summary>Its conjugate transpose.</summary>
    CblasConjTrans = 113,
}
