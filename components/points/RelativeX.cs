namespace Fmm.Components;

/// <summary>
/// The x coordinate of a sorted point in units of the tree: in double precision the coordinate itself, in single precision that
/// relative to the centre of its leaf, in units of the leaf's level, so that f32 keeps its digits wherever the domain lies.
/// </summary>
/// <typeparam name="T">The scalar of the hot loops: float or double. A column of these is a plain array of scalars.</typeparam>
internal struct RelativeX<T> where T : unmanaged
{
    /// <summary>Coordinate along x.</summary>
    public T Value;
}
