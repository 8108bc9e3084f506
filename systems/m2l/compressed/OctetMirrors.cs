namespace Fmm.Systems;

/// <summary>
/// The mirror symmetry of an octet and the 208 boxes around it: a reflection at the octet's middle planes takes targets to
/// targets and sources to sources. Per axis the boxes stand at -2..3 and the octet at 0 and 1; the pairs (0, 1), (-1, 2) and
/// (-2, 3) are each other's images, rings 0, 1 and 2. A class is a ring for each axis: eight boxes, one of each octant.
/// </summary>
internal static class OctetMirrors
{
    /// <summary>Classes 1 to 26 hold sources; class 0 is the octet itself.</summary>
    public const int ClassCount = 27;

    private static readonly int[] _neighbours = MakeNeighbours();

    /// <summary>Ring 0, 1 or 2 of a class along an axis.</summary>
    public static int Ring(int ring, int axis) => axis switch
    {
        0 => ring % 3,
        1 => ring / 3 % 3,
        _ => ring / 9,
    };

    /// <summary>Axes, a bit each, along which a class's box in the lower half has an odd octant: those of ring 1.</summary>
    public static int Flips(int ring) =>
        (Ring(ring, 0) == 1 ? 1 : 0) | (Ring(ring, 1) == 1 ? 2 : 0) | (Ring(ring, 2) == 1 ? 4 : 0);

    /// <summary>Place 0..25 in a row of the octet table of the neighbour whose octant <paramref name="octant"/> is in a class.</summary>
    public static int Neighbour(int ring, int octant) => _neighbours[(8 * ring) + octant];

    /// <summary>
    /// Component, 0 to 3, of the vector between the target of octant 0 and the class's box in half <paramref name="half"/>, as
    /// a length: the vector itself is its mirror image along the axes of the upper half.
    /// </summary>
    public static int Length(int ring, int half, int axis) => Ring(ring, axis) + ((half >> axis) & 1);

    /// <summary>1 or -1: the sign of a function of parity <paramref name="parity"/> under the mirrors of <paramref name="axes"/>.</summary>
    public static int Sign(int parity, int axes) => (System.Numerics.BitOperations.PopCount((uint)(parity & axes)) & 1) == 0 ? 1 : -1;

    private static int[] MakeNeighbours()
    {
        int[] neighbours = new int[8 * ClassCount];
        for (int i = 8; i < neighbours.Length; i++)
        {
            int cell = 0, weight = 1;
            for (int axis = 0; axis < 3; axis++, weight *= 3)
            {
                int ring = Ring(i / 8, axis), bit = (i >> axis) & 1;
                int direction = ring == 0 ? 0 : (ring == 1) == (bit == 1) ? -1 : 1;
                cell += weight * (direction + 1);
            }
            neighbours[i] = cell < 13 ? cell : cell - 1;
        }
        return neighbours;
    }
}
