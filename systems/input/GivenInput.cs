using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Resource: points and charges as the host gives them, and the fields as it gets them, in its order. On one rank they are what the systems of points and tree
/// work on; over ranks each rank is given any share of the points, and works on those that lie in its cells.
/// </summary>
/// <param name="points">Points of this rank's host.</param>
/// <param name="charges">Their charges.</param>
/// <param name="fields">Their fields.</param>
/// <param name="isApart">Whether the method works on others, so that these are to be disposed of with the resource.</param>
internal sealed class GivenInput(PointInput points, ChargeInput charges, FieldOutput fields, bool isApart) : IDisposable
{
    /// <summary>The points.</summary>
    public PointInput Points => points;

    /// <summary>The charges.</summary>
    public ChargeInput Charges => charges;

    /// <summary>The fields.</summary>
    public FieldOutput Fields => fields;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isApart) return;
        points.Dispose();
        charges.Dispose();
        fields.Dispose();
    }
}
