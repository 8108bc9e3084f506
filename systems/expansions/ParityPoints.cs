namespace Fmm.Systems;

/// <summary>
/// The functions on a surface, sorted by parity: a point and its mirror images carry eight numbers, whose sums with the signs
/// of a parity are one number of each of eight segments. What commutes with the mirrors acts within a segment.
/// </summary>
/// <remarks>
/// On a lattice of odd order the points of a middle plane are their own images and have no odd part. A component of a vector
/// changes its sign with the mirror of its own axis, so that its part of parity s stands in segment s with that bit flipped (an axial one: with the two
/// others).
/// For a kernel without mirrors every point is an orbit of its own, and segment 0 holds all numbers as they stand.
/// </remarks>
internal sealed class ParityPoints
{
    private readonly int[] _points;
    private readonly int[] _places;
    private readonly int[] _own;
    private readonly int[] _sizes;
    private readonly int[] _lengths = new int[8];

    /// <summary>Sorts the numbers of a surface.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="components">Numbers a point.</param>
    /// <param name="kind">What mirrors make of them.</param>
    /// <param name="lane">Segments begin at multiples of this.</param>
    /// <param name="mirrors">False for a kernel without mirror images: then nothing is sorted.</param>
    public ParityPoints(Surface surface, int components, VectorKind kind, int lane, bool mirrors = true)
    {
        Components = components;
        Mirrors = mirrors;
        Kind = mirrors ? kind : VectorKind.Scalars;
        int last = surface.Order - 1;
        Dictionary<(int, int, int), int> index = [];
        for (int i = 0; i < surface.Count; i++) index.Add((surface.Lattice(i, 0), surface.Lattice(i, 1), surface.Lattice(i, 2)), i);
        int[] upper = [.. Enumerable.Range(0, surface.Count).Where(i => !mirrors || Enumerable.Range(0, 3).All(axis => 2 * surface.Lattice(i, axis) >= last))];
        Orbits = upper.Length;
        _points = new int[8 * Orbits];
        _own = new int[Orbits];
        _sizes = new int[Orbits];
        for (int orbit = 0; orbit < Orbits; orbit++)
        {
            int[] at = [.. Enumerable.Range(0, 3).Select(axis => surface.Lattice(upper[orbit], axis))];
            for (int axis = 0; axis < 3; axis++) _own[orbit] |= !mirrors || 2 * at[axis] == last ? 1 << axis : 0;
            _sizes[orbit] = 8 >> System.Numerics.BitOperations.PopCount((uint)_own[orbit]);
            for (int image = 0; image < 8; image++)
            {
                _points[(8 * orbit) + image] = index[(Image(0), Image(1), Image(2))];
                int Image(int axis) => !mirrors || ((image >> axis) & 1) == 0 ? at[axis] : last - at[axis];
            }
        }
        _places = new int[8 * Orbits * components];
        int place = 0;
        for (int segment = 0; segment < 8; segment++)
        {
            int first = place;
            Start[segment] = place;
            for (int c = 0; c < components; c++)
            {
                int parity = segment ^ OwnParity(c);
                for (int orbit = 0; orbit < Orbits; orbit++) _places[Slot(c, orbit, parity)] = (parity & _own[orbit]) == 0 ? place++ : -1;
            }
            _lengths[segment] = place - first;
            place = (place + lane - 1) / lane * lane;
        }
        Start[8] = place;
    }

    /// <summary>Numbers a point.</summary>
    public int Components { get; }

    /// <summary>Whether there are mirrors.</summary>
    public bool Mirrors { get; }

    /// <summary>What mirrors make of the components; scalars where there are none.</summary>
    public VectorKind Kind { get; }

    /// <summary>Points of the positive octant; all points without mirrors.</summary>
    public int Orbits { get; }

    /// <summary>First number of each segment; entry 8 is the length of all.</summary>
    public int[] Start { get; } = new int[9];

    /// <summary>Surface points of an orbit: entry 8 orbit + mirrored axes.</summary>
    public ReadOnlySpan<int> Points => _points;

    /// <summary>Place of a component's orbit and scalar parity among the sorted numbers, or -1: entry 8 (orbits component + orbit) + parity.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>Place of a component's orbit in a segment, counted from the start of all, or -1.</summary>
    public int PlaceIn(int segment, int component, int orbit) => _places[Slot(component, orbit, segment ^ OwnParity(component))];

    /// <summary>The segment of what has a parity as a function of space.</summary>
    public int SegmentOf(int parity, int component) => Mirrors ? parity ^ OwnParity(component) : 0;

    /// <summary>The parity that a component has of its own.</summary>
    public int OwnParity(int component) => Kind.Parity(component);

    /// <summary>Points of an orbit that differ.</summary>
    public int Size(int orbit) => _sizes[orbit];

    /// <summary>Numbers of a segment.</summary>
    public int Length(int segment) => _lengths[segment];

    private int Slot(int component, int orbit, int parity) => (8 * ((Orbits * component) + orbit)) + parity;
}
