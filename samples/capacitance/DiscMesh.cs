namespace Fmm.Samples;

/// <summary>A flat disc in panels, narrow along its edge, where the charge of a conductor grows beyond bounds.</summary>
internal static class DiscMesh
{
    /// <summary>The disc of radius 1 about the z axis, scaled to its area, which makes up for most of what straight edges cut off.</summary>
    /// <param name="least">Panels at least.</param>
    /// <param name="height">Its z.</param>
    public static Panel[] Of(int least, double height)
    {
        // Rings whose radii are sines of equal angles, in pieces about as long as the mean ring is wide: triangles, two a piece.
        int rings = Math.Max(2, (int)Math.Ceiling(Math.Sqrt(least / 8.0))), pieces = (int)Math.Ceiling(least / (2.0 * rings));
        double scale = Math.Sqrt(2 * Math.PI / (pieces * Math.Sin(2 * Math.PI / pieces)));
        List<Panel> panels = [];
        for (int ring = 0; ring < rings; ring++)
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                SpaceVector a = Corner(ring, piece), b = Corner(ring + 1, piece), c = Corner(ring + 1, piece + 1), d = Corner(ring, piece + 1);
                panels.Add(new(a, b, c));
                if (ring > 0) panels.Add(new(a, c, d));
            }
        }

        return [.. panels];

        SpaceVector Corner(int ring, int piece)
        {
            double radius = scale * Math.Sin(Math.PI / 2 * ring / rings);
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * piece / pieces);
            return new(radius * cosine, radius * sine, height);
        }
    }
}
