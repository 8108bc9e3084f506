using Fmm.Components;

namespace Fmm.Tests.Flow;

/// <summary>Points of many kinds that follow from a random sequence, in a cube of about 1.</summary>
internal static class RandomPoints
{
    /// <summary>The kinds.</summary>
    public static readonly string[] Kinds =
    [
        "cube", "sphere", "plummer", "squares", "line", "plane", "ellipsoid", "clusters", "outliers", "places", "pairs", "lattice", "corner", "shifted",
    ];

    /// <summary>Draws points of a kind.</summary>
    public static Position[] Draw(string kind, int count, Random random)
    {
        Position[] points = [.. Scene.Points(kind is "sphere" or "plummer" or "squares" or "line" or "plane" ? kind : "cube", count, random.Next())];
        switch (kind)
        {
            case "ellipsoid":
                points = [.. Scene.Points("sphere", count, random.Next()).Select(p => new Position(0.01 * p.X, 0.1 * p.Y, p.Z))];
                break;
            case "clusters":
                double width = Math.Pow(10, -9 * random.NextDouble());
                Position[] centres = Centres(1 + random.Next(6), random);
                for (int i = 0; i < count; i++) points[i] = About(centres[i % centres.Length], points[i], width);
                break;
            case "outliers":
                double far = Math.Pow(10, 9 * random.NextDouble());
                for (int i = 0; i < Math.Min(count, 1 + random.Next(4)); i++) points[i] = About(default, points[i], 2 * far);
                break;
            case "places":
                Position[] places = Centres(1 + random.Next(9), random);
                int share = 1 + random.Next(5);
                for (int i = 0; i < count; i++) points[i] = i % share == 0 ? places[i / share % places.Length] : points[i];
                break;
            case "pairs":
                double distance = Math.Pow(10, -2 - (10 * random.NextDouble()));
                for (int i = 1; i < count; i += 2) points[i] = About(points[i - 1], points[i], distance);
                break;
            case "lattice":
                int side = 1 << random.Next(1, 5);
                points = [.. points.Select(p => new Position(Math.Round(side * p.X) / side, Math.Round(side * p.Y) / side, Math.Round(side * p.Z) / side))];
                break;
            case "corner":
                double power = 1 + (6 * random.NextDouble());
                points = [.. points.Select(p => new Position(Math.Pow(p.X, power), Math.Pow(p.Y, power), Math.Pow(p.Z, power)))];
                break;
            case "shifted":
                double shift = Math.Pow(10, 5 * random.NextDouble());
                points = [.. points.Select(p => new Position(p.X + shift, p.Y - (3 * shift), p.Z + (0.3 * shift)))];
                break;
            default:
                break;
        }
        // What is special of a cloud may stand anywhere in it.
        random.Shuffle(points);
        return points;
    }

    // Half of them on the corners of boxes.
    private static Position[] Centres(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(i => i % 2 == 0
            ? new Position(random.Next(5) / 4.0, random.Next(5) / 4.0, random.Next(5) / 4.0)
            : new Position(random.NextDouble(), random.NextDouble(), random.NextDouble()))];

    private static Position About(Position centre, Position p, double width) =>
        new(centre.X + (width * (p.X - 0.5)), centre.Y + (width * (p.Y - 0.5)), centre.Z + (width * (p.Z - 0.5)));
}
