namespace Fmm.Systems;

/// <summary>How the numbers of several charge vectors, and of their fields, follow each other.</summary>
public enum VectorOrder
{
    /// <summary>Vector after vector, each laid out as one alone: a matrix of vectors by points, row by row. The default.</summary>
    VectorMajor,

    /// <summary>Point after point, the vectors' numbers of each together: as <c>nd</c> in FMM3D, and a matrix of points by vectors, row by row.</summary>
    PointMajor,
}
