using Fmm.Components;

namespace Fmm.Samples;

/// <summary>
/// Two balls of radius 1 and mass 1/2 side by side, each near equilibrium under gravity (G = 1), flying towards each other a
/// little off centre. No two bodies start close together, so that gravity needs no softening.
/// </summary>
public static class CollidingClusters
{
    // Virial theorem for a uniform ball: the mean square speed is 3/5 G M / R.
    private const double InnerSpeed = 0.55;
    private const double Approach = 0.5;

    /// <summary>Draws places and velocities, the left cluster's first.</summary>
    public static (Position At, Position Velocity)[] Draw(int count, long seed)
    {
        Xoshiro256 random = new(seed);
        (Position, Position)[] bodies = new (Position, Position)[count];
        int next = 0;
        for (int side = -1; side <= 1; side += 2)
        {
            int members = side < 0 ? count / 2 : count - count / 2;
            double distance = 0.65 / Math.Cbrt(Math.Max(1, members));
            foreach (Position p in SeparatedBall.Draw(members, 1, distance, ref random))
            {
                Position v = default(UnitSphere).Draw(ref random);
                bodies[next++] = (
                    new Position(p.X + 1.5 * side, p.Y + 0.3 * side, p.Z),
                    new Position(InnerSpeed * v.X - Approach * side, InnerSpeed * v.Y, InnerSpeed * v.Z));
            }
        }

        return bodies;
    }
}
