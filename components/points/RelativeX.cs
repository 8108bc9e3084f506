namespace Fmm.Components;

/// <summary>
/// The x coordinate of a sorted point relative to the centre of its leaf, in the user's units. The difference is taken in f64 and
/// rounded to <typeparamref name="T"/> once, so that f32 keeps its digits wherever the domain lies.
/// </summary>
/// <typeparam name="T">The scalar of the hot loops: float or double. A column of these is a plain array of scalars.</typeparam>
public struct RelativeX<T> where T : unmanaged
{
    /// <summary>Coordinate along x minus that of the leaf's centre.</summary>
    public T Value;
}
