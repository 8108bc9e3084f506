namespace Fmm.Components;

/// <summary>
/// A member of a U, W or X list as it is stored, in eight bytes: a node by its level and row, and the image of the box that it acts from.
/// </summary>
/// <param name="row">Its row at its level.</param>
/// <param name="level">Its level, 0 to 21.</param>
/// <param name="image">The image, 0 to 26: see <see cref="Image"/>.</param>
public readonly struct ListMember(int row, int level, int image = ListMember.Home)
{
    /// <summary>The image that is the box itself.</summary>
    public const int Home = Morton.Directions / 2;

    private readonly byte _level = (byte)level;
    private readonly byte _image = (byte)image;

    /// <summary>Its row at its level.</summary>
    public int Row { get; } = row;

    /// <summary>Its level.</summary>
    public int Level => _level;

    /// <summary>
    /// Where the member acts from, seen from its place in the box: one period on or back along each axis, numbered as in
    /// <see cref="Morton.Directions"/>. <see cref="Home"/> is its own place; <see cref="TreeShape.Shift"/> tells the others'.
    /// </summary>
    public int Image => _image;

    /// <inheritdoc/>
    public override string ToString() => Image == Home ? $"row {Row} of level {Level}" : $"row {Row} of level {Level} in image {Image}";
}
