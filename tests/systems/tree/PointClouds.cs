using Fmm.Components;

namespace Fmm.Tests.Tree;

/// <summary>The clouds of points that the tree must cope with, small and hard ones.</summary>
internal static class PointClouds
{
    public static readonly string[] Names =
        ["one", "two", "coincident", "line", "plane", "cube", "sphere", "corners", "far", "plummer", "diagonal", "lattice"];

    public static Position[] Make(string name, int count, int seed)
    {
        Random random = new(seed);
        Position[] points = new Position[name switch { "one" => 1, "two" => 2, _ => count }];
        for (int i = 0; i < points.Length; i++) points[i] = Point(name, i, points.Length, random);
        return points;
    }

    /// <summary>A mixture in which dense and empty regions meet, for lists of all kinds.</summary>
    public static Position[] Mixture(int count, int seed)
    {
        Random random = new(seed);
        Position[] points = new Position[count];
        Position centre = Uniform(random, 1);
        double width = 1;
        for (int i = 0; i < count; i++)
        {
            if (random.Next(8) == 0)
            {
                centre = Uniform(random, 1);
                width = Math.Pow(2, -random.Next(9));
            }

            Position offset = Uniform(random, width);
            points[i] = new Position(centre.X + offset.X, centre.Y + offset.Y, centre.Z + offset.Z);
        }

        return points;
    }

    private static Position Point(string name, int index, int count, Random random)
    {
        switch (name)
        {
            case "coincident":
                return new Position(0.3, -0.7, 12.5);
            case "line":
                double t = random.NextDouble();
                return new Position(1 + t, 2 - (3 * t), 0.5 * t);
            case "plane":
                return new Position(random.NextDouble(), random.NextDouble(), 0.25);
            case "sphere":
                Position p = Uniform(random, 1);
                double r = Math.Sqrt((p.X * p.X) + (p.Y * p.Y) + (p.Z * p.Z));
                return r == 0 ? new Position(1, 0, 0) : new Position(p.X / r, p.Y / r, p.Z / r);
            case "corners":
                Position c = Uniform(random, 5e-7);
                double at = index < count / 2 ? 0 : 1;
                return new Position(at + c.X, at + c.Y, at + c.Z);
            case "far":
                Position f = Uniform(random, 0.5);
                return new Position(1e6 + f.X, -1e6 + f.Y, 1e6 + f.Z);
            case "plummer":
                double radius = 1 / Math.Sqrt(Math.Pow(Math.Max(random.NextDouble(), 1e-3), -2.0 / 3) - 1);
                Position d = Point("sphere", index, count, random);
                return new Position(radius * d.X, radius * d.Y, radius * d.Z);
            case "diagonal":
                double s = index / (double)count;
                return new Position(s, s, s);
            case "lattice":
                return new Position((index % 7) - 3, (index / 7 % 7) - 3, index / 49 % 7);
            default:
                return Uniform(random, 1);
        }
    }

    private static Position Uniform(Random random, double half) =>
        new(half * ((2 * random.NextDouble()) - 1), half * ((2 * random.NextDouble()) - 1), half * ((2 * random.NextDouble()) - 1));
}
