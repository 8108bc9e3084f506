namespace Fmm.Components;

/// <summary>
/// What touches what within two neighbouring octets, as eight-bit masks over the octants (bit c stands for octant c; octant bits are
/// x, y, z from the lowest). All neighbour tests of the lists are look-ups in these tables. Directions are numbered as in
/// <see cref="Morton.Directions"/>.
/// </summary>
internal static class OctetAdjacency
{
    private static readonly byte[] _near = MakeNear();
    private static readonly int[] _reach = MakeReach();
    private static readonly byte[] _step = MakeStep();
    private static readonly byte[] _touch = MakeTouch();
    private static readonly byte[] _direction = MakeDirection();

    /// <summary>The octants of the octet in direction <paramref name="octet"/> that touch octant <paramref name="octant"/> of the middle one, itself included.</summary>
    /// <param name="octant">Octant of the middle octet, 0 to 7.</param>
    /// <param name="octet">Direction of the other octet, 0 to 26.</param>
    /// <returns>A mask of octants; 0 when the whole octet is apart.</returns>
    public static int Near(int octant, int octet) => _near[(octant * 27) + octet];

    /// <summary>The octants of that octet that do not touch it: with the parents being neighbours, its V list.</summary>
    /// <param name="octant">Octant of the middle octet, 0 to 7.</param>
    /// <param name="octet">Direction of the other octet, 0 to 26.</param>
    /// <returns>A mask of octants.</returns>
    public static int Far(int octant, int octet) => _near[(octant * 27) + octet] ^ 0xFF;

    /// <summary>Where the neighbour of an octant lies.</summary>
    /// <param name="octant">Octant of the middle octet, 0 to 7.</param>
    /// <param name="direction">Direction of the neighbour, 0 to 26.</param>
    /// <param name="neighbour">The neighbour's octant in its octet.</param>
    /// <returns>Direction of the neighbour's octet, 0 to 26.</returns>
    public static int Step(int octant, int direction, out int neighbour)
    {
        int step = _step[(octant * 27) + direction];
        neighbour = step & 7;
        return step >> 3;
    }

    /// <summary>The children of the colleague in a direction that touch the node; all for the node itself.</summary>
    /// <param name="direction">Direction from the node to its colleague, 0 to 26.</param>
    /// <returns>A mask of octants.</returns>
    public static int Touching(int direction) => _touch[direction];

    /// <summary>The octets that an octant touches: bit d stands for the octet in direction d, itself included.</summary>
    /// <param name="octant">Octant of the middle octet, 0 to 7.</param>
    /// <returns>A mask of 27 directions, 8 of them set.</returns>
    public static int Reach(int octant) => _reach[octant];

    /// <summary>Direction from an octant to one that touches it.</summary>
    /// <param name="octant">Octant of the middle octet, 0 to 7.</param>
    /// <param name="octet">Direction of the other's octet, 0 to 26.</param>
    /// <param name="other">The other's octant; it must be in <see cref="Near"/>.</param>
    /// <returns>Direction of the other, 0 to 26.</returns>
    public static int Direction(int octant, int octet, int other) => _direction[(((octant * 27) + octet) * 8) + other];

    private static int Offset(int direction, int axis) => (axis == 0 ? direction % 3 : axis == 1 ? direction / 3 % 3 : direction / 9) - 1;

    /// <summary>How far the centre of an octant of a neighbouring octet lies from that of an octant of the middle one, in widths of a box.</summary>
    /// <param name="octant">Octant of the middle octet, 0 to 7.</param>
    /// <param name="octet">Direction of the other octet, 0 to 26.</param>
    /// <param name="other">The other's octant, 0 to 7.</param>
    /// <param name="axis">0 x, 1 y, 2 z.</param>
    /// <returns>-3 to 3.</returns>
    public static int Between(int octant, int octet, int other, int axis) =>
        (2 * Offset(octet, axis)) + ((other >> axis) & 1) - ((octant >> axis) & 1);

    private static byte[] MakeNear()
    {
        byte[] near = new byte[8 * 27];
        for (int i = 0; i < near.Length * 8; i++)
        {
            int octant = i / 8 / 27, octet = i / 8 % 27, other = i % 8;
            bool touches = true;
            for (int axis = 0; axis < 3; axis++) touches &= Math.Abs(Between(octant, octet, other, axis)) <= 1;
            near[i / 8] |= (byte)(touches ? 1 << other : 0);
        }

        return near;
    }

    private static int[] MakeReach()
    {
        int[] reach = new int[8];
        for (int i = 0; i < 8 * 27; i++) reach[i / 27] |= _near[i] != 0 ? 1 << (i % 27) : 0;
        return reach;
    }

    private static byte[] MakeStep()
    {
        byte[] step = new byte[8 * 27];
        for (int i = 0; i < step.Length; i++)
        {
            int octet = 0, neighbour = 0, weight = 1;
            for (int axis = 0; axis < 3; axis++)
            {
                int place = ((i / 27 >> axis) & 1) + Offset(i % 27, axis);
                octet += weight * ((place >> 1) + 1);
                neighbour |= (place & 1) << axis;
                weight *= 3;
            }

            step[i] = (byte)((octet << 3) | neighbour);
        }

        return step;
    }

    private static byte[] MakeTouch()
    {
        byte[] touch = new byte[27];
        for (int i = 0; i < 27 * 8; i++)
        {
            bool touches = true;
            for (int axis = 0; axis < 3; axis++)
            {
                int offset = Offset(i / 8, axis);
                touches &= offset == 0 || ((i >> axis) & 1) == (offset < 0 ? 1 : 0);
            }

            touch[i / 8] |= (byte)(touches ? 1 << (i % 8) : 0);
        }

        return touch;
    }

    private static byte[] MakeDirection()
    {
        byte[] direction = new byte[8 * 27 * 8];
        for (int i = 0; i < direction.Length; i++)
        {
            int octant = i / 8 / 27, octet = i / 8 % 27, other = i % 8, weight = 1, index = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                index += weight * (Math.Clamp(Between(octant, octet, other, axis), -1, 1) + 1);
                weight *= 3;
            }

            direction[i] = (byte)index;
        }

        return direction;
    }
}
