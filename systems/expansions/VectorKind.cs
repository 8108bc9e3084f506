namespace Fmm.Systems;

/// <summary>How the numbers of a source or a potential behave under reflections and permutations of the axes.</summary>
internal enum VectorKind
{
    /// <summary>Each by itself: nothing changes its sign or its place.</summary>
    Scalars,

    /// <summary>Three that are a vector: a mirror turns the sign of its own axis's.</summary>
    Vector,

    /// <summary>Three that are an axial vector, as vorticity and what else a cross product makes: a mirror turns the signs of the two others.</summary>
    AxialVector,

    /// <summary>Four: a scalar, then a vector.</summary>
    ScalarAndVector,

    /// <summary>Six that are a symmetric tensor: xx, xy, xz, yy, yz, zz.</summary>
    SymmetricTensor,
}
