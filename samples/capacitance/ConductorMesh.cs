namespace Fmm.Samples;

/// <summary>Surfaces of conductors in panels.</summary>
internal static class ConductorMesh
{
    // The twenty faces of an icosahedron, by its corners (0, +-1, +-g) and their like.
    private static readonly int[] _faces =
    [
        0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1, 8,
        3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1,
    ];

    /// <summary>
    /// The sphere of radius 1: an icosahedron whose triangles are cut in four until they are enough. The whole is then scaled to the sphere's area, which makes
    /// up for most of what flat panels cut off.
    /// </summary>
    /// <param name="least">Panels at least.</param>
    public static Panel[] Sphere(int least)
    {
        double g = (1 + Math.Sqrt(5)) / 2;
        SpaceVector[] corners =
        [
            new(-1, g, 0), new(1, g, 0), new(-1, -g, 0), new(1, -g, 0), new(0, -1, g), new(0, 1, g),
            new(0, -1, -g), new(0, 1, -g), new(g, 0, -1), new(g, 0, 1), new(-g, 0, -1), new(-g, 0, 1),
        ];
        List<SpaceVector[]> triangles = [.. _faces.Chunk(3).Select(face => face.Select(corner => corners[corner].Unit()).ToArray())];
        while (triangles.Count < least) triangles = [.. triangles.SelectMany(Cut)];
        double scale = Math.Sqrt(4 * Math.PI / triangles.Sum(triangle => new Panel(triangle).Area));
        return [.. triangles.Select(triangle => new Panel([.. triangle.Select(corner => scale * corner)]))];
    }

    /// <summary>The cube of edge 1, its faces in squares and rectangles that are narrow along the edges, where the charge grows beyond bounds.</summary>
    /// <param name="least">Panels at least.</param>
    public static Panel[] Cube(int least)
    {
        int n = (int)Math.Ceiling(Math.Sqrt(least / 6.0));
        double[] ticks = [.. Enumerable.Range(0, n + 1).Select(i => Math.Sin(Math.PI * (((double)i / n) - 0.5)) / 2)];
        List<Panel> panels = [];
        for (int face = 0; face < 6; face++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    panels.Add(new(OnFace(face, ticks[i], ticks[j]), OnFace(face, ticks[i + 1], ticks[j]), OnFace(face, ticks[i + 1], ticks[j + 1]), OnFace(face, ticks[i], ticks[j + 1])));
            }
        }

        return [.. panels];
    }

    private static SpaceVector OnFace(int face, double u, double v)
    {
        double side = face % 2 == 0 ? -0.5 : 0.5;
        return (face / 2) switch
        {
            0 => new(side, u, v),
            1 => new(v, side, u),
            _ => new(u, v, side),
        };
    }

    private static IEnumerable<SpaceVector[]> Cut(SpaceVector[] triangle)
    {
        SpaceVector a = triangle[0], b = triangle[1], c = triangle[2], ab = (a + b).Unit(), bc = (b + c).Unit(), ca = (c + a).Unit();
        return [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]];
    }
}
