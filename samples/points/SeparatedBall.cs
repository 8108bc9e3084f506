using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Points uniform in a ball, no two closer than a minimum distance: a start that a collision code without softening can bear.</summary>
public static class SeparatedBall
{
    /// <summary>Draws points about the origin, refusing each that comes too close to an earlier one.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="radius">The ball's radius.</param>
    /// <param name="distance">The smallest distance allowed between two points.</param>
    /// <param name="random">The generator, advanced by the draws.</param>
    /// <exception cref="ArgumentException">The points would fill more than a tenth of the ball, so that drawing might never end.</exception>
    public static Position[] Draw(int count, double radius, double distance, ref Xoshiro256 random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double filled = count * Math.Pow(distance / (2 * radius), 3);
        if (!(filled <= 0.1))
        {
            throw new ArgumentException(
                $"{count} points {distance} apart fill {filled:P0} of a ball of radius {radius}; a tenth is the most: take a smaller distance.",
                nameof(distance));
        }

        // A cell of half the minimum distance holds one point at most, and a point that is too close stands within two cells.
        double cell = distance / 2;
        Dictionary<(int, int, int), Position> taken = new(count);
        Position[] points = new Position[count];
        for (int i = 0; i < count;)
        {
            Position p = new(random.Between(-radius, radius), random.Between(-radius, radius), random.Between(-radius, radius));
            (int, int, int) at = ((int)Math.Floor(p.X / cell), (int)Math.Floor(p.Y / cell), (int)Math.Floor(p.Z / cell));
            if (p.X * p.X + p.Y * p.Y + p.Z * p.Z <= radius * radius && IsFree(taken, at, p, distance))
            {
                taken.Add(at, p);
                points[i++] = p;
            }
        }

        return points;
    }

    private static bool IsFree(Dictionary<(int X, int Y, int Z), Position> taken, (int X, int Y, int Z) at, Position p, double distance)
    {
        for (int offset = 0; offset < 125; offset++)
        {
            (int, int, int) near = (at.X + offset % 5 - 2, at.Y + offset / 5 % 5 - 2, at.Z + offset / 25 - 2);
            if (taken.TryGetValue(near, out Position q)
                && (p.X - q.X) * (p.X - q.X) + (p.Y - q.Y) * (p.Y - q.Y) + (p.Z - q.Z) * (p.Z - q.Z) < distance * distance)
            {
                return false;
            }
        }

        return true;
    }
}
