using Fmm.Components;

namespace Fmm.Samples;

/// <summary>
/// Two balls of radius 1 side by side, spinning as rigid bodies and flying towards each other a little off centre. No two
/// bodies start close together and none moves at random, so that gravity needs no softening until the balls have passed.
/// </summary>
public static class CollidingClusters
{
    private const double Centre = 1.1;
    private const double OffCentre = 0.3;
    private const double Approach = 0.5;
    private const double Spin = 0.5;

    /// <summary>Draws places and velocities, the left cluster's first.</summary>
    public static (Position At, Position Velocity)[] Draw(int count, long seed)
    {
        Xoshiro256 random = new(seed);
        (Position, Position)[] bodies = new (Position, Position)[count];
        int next = 0;
        for (int side = -1; side <= 1; side += 2)
        {
            int members = side < 0 ? count / 2 : count - count / 2;
            double distance = 0.9 / Math.Cbrt(Math.Max(1, members));
            foreach (Position p in SeparatedBall.Draw(members, 1, distance, ref random))
            {
                bodies[next++] = (
                    new Position(p.X + Centre * side, p.Y + OffCentre * side, p.Z),
                    new Position(-Spin * p.Y - Approach * side, Spin * p.X, 0));
            }
        }

        return bodies;
    }
}
