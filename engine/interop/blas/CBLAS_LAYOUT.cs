namespace Fmm.Engine.Interop;

/// <summary>The order in which a matrix lies, from <c>mkl_cblas.h</c>.</summary>
public enum CBLAS_LAYOUT
{
    /// <summary>Rows one after the other.</summary>
    CblasRowMajor = 101,

    /// <summary>Columns one after the other.</summary>
    CblasColMajor = 102,
}
