namespace Fmm.Engine.Interop;

/// <summary>The order in which a matrix lies, from <c>cblas.h</c>.</summary>
internal enum CBLAS_LAYOUT
{
    /// <summary>Rows one after the other.</summary>
    CblasRowMajor = 101,

    /// <summary>Columns one after the other.</summary>
    CblasColMajor = 102,
}
