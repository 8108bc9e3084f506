namespace Fmm.Samples;

/// <summary>A flat, convex panel of a surface: a triangle or a parallelogram.</summary>
internal sealed class Panel
{
    private readonly SpaceVector[] _corners;
    private readonly SpaceVector _normal;

    /// <param name="corners">Its corners, around.</param>
    public Panel(params SpaceVector[] corners)
    {
        _corners = corners;
        SpaceVector across = (corners[1] - corners[0]).Cross(corners[^1] - corners[0]);
        _normal = across.Unit();
        Area = across.Length / (corners.Length == 3 ? 2 : 1);
        foreach (SpaceVector corner in corners)
        {
            Centre += 1.0 / corners.Length * corner;
            foreach (SpaceVector other in corners) Diameter = Math.Max(Diameter, (corner - other).Length);
        }
    }

    /// <summary>Its middle.</summary>
    public SpaceVector Centre { get; }

    /// <summary>Its area.</summary>
    public double Area { get; }

    /// <summary>The largest distance of two corners.</summary>
    public double Diameter { get; }

    /// <summary>The corners.</summary>
    public ReadOnlySpan<SpaceVector> Corners => _corners;

    /// <summary>The integral of 1/r over the panel, exact: a sum over its edges (Wilton and others 1984, IEEE Transactions on Antennas and Propagation 32, equation 5).</summary>
    /// <param name="at">Any point; on the panel, too.</param>
    public double Potential(SpaceVector at)
    {
        double height = (at - _corners[0]).Dot(_normal), sum = 0;
        SpaceVector foot = at - (height * _normal);
        for (int i = 0; i < _corners.Length; i++)
        {
            SpaceVector from = _corners[i] - foot, to = _corners[(i + 1) % _corners.Length] - foot, along = (to - from).Unit();
            double distance = from.Dot(along.Cross(_normal)), start = from.Dot(along), end = to.Dot(along);
            // On the line of the edge its share vanishes.
            if (Math.Abs(distance) < 1e-14 * Diameter) continue;
            double square = (distance * distance) + (height * height), first = Math.Sqrt((start * start) + square), last = Math.Sqrt((end * end) + square);
            // Of two equal forms the one that does not cancel.
            sum += distance * Math.Log(start + end > 0 ? (last + end) / (first + start) : (first - start) / (last - end));
            double h = Math.Abs(height);
            sum -= h * (Math.Atan(distance * end / (square + (h * last))) - Math.Atan(distance * start / (square + (h * first))));
        }

        return sum;
    }
}
