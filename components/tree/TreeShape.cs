namespace Fmm.Components;

/// <summary>
/// Resource: the tree's extent and how many nodes it has. Level 0 is one row, the root; level l from 1 on is <see cref="OctetCount"/>
/// octets of eight sibling rows in Morton order, holes (children without points) among them. The rows themselves are found by a query.
/// </summary>
public sealed class TreeShape
{
    private const int OctetsARun = 64;

    /// <summary>
    /// The first level with a far field in free space. Boxes are well separated where they do not touch but their parents do; the eight boxes
    /// of level 1 all touch each other, so the 64 of level 2 are the first.
    /// </summary>
    public const int FirstFarLevelInSpace = 2;

    private readonly int[] _octets = new int[Morton.MaxLevel + 2];
    private readonly int[] _ownStart = new int[Morton.MaxLevel + 2];
    private readonly int[] _ownEnd = new int[Morton.MaxLevel + 2];
    private readonly int[] _firstRun = new int[Morton.MaxLevel + 2];
    private readonly int[] _wholeLevels = [-1, -1, -1];

    /// <summary>The root's cube.</summary>
    public RootCube RootCube { get; private set; } = new(new Position(0, 0, 0), 1);

    /// <summary>
    /// The user's length of one unit of the operators: a power of two, the half width of the root rounded down, so that nothing they
    /// compute leaves the range of the working precision. 1 for a kernel that cannot be expressed in other units.
    /// </summary>
    public double Unit { get; private set; } = 1;

    /// <summary>Whether lengths are scaled: then single precision has a unit for each level, too.</summary>
    public bool IsScaled { get; private set; }

    /// <summary>
    /// Whether the coordinates spread over so many powers of ten that some differences, in <see cref="Unit"/>s, can't be raised to the powers
    /// that a kernel takes them to.
    /// </summary>
    public bool IsExtreme { get; set; }

    /// <summary>
    /// The distance to the next image of the box along each axis, in the user's units; 0 along an axis that does not repeat, and in free space
    /// along all.
    /// </summary>
    public Position Period { get; set; }

    /// <summary>Whether the box repeats along some axis.</summary>
    public bool Repeats { get; private set; }

    /// <summary>The first level whose nodes fill a box that repeats: from here on its edges are whole numbers of nodes.</summary>
    public int WholeLevel { get; private set; }

    /// <summary>The level above which no node with points is a leaf; 0 in free space.</summary>
    public int LeastLevel => !Repeats ? 0 : Math.Max(1, WholeLevel + (WholeLevel > 0 ? 1 : 0));

    /// <summary>Centre of the root.</summary>
    public Position Centre => RootCube.Centre;

    /// <summary>Half width of the root.</summary>
    public double HalfWidth => RootCube.HalfWidth;

    /// <summary>The deepest level that has rows; 0 when the root is a leaf.</summary>
    public int Depth { get; private set; }

    /// <summary>
    /// The first level whose nodes have multipoles and locals: V lists above it are empty. In a box that repeats it is the one on which all
    /// images act that do not touch, by <c>FarImages</c>, and its V lists are empty, too.
    /// </summary>
    public int FirstFarLevel { get; private set; } = FirstFarLevelInSpace;

    /// <summary>The first level whose nodes may have V lists.</summary>
    public int FirstListLevel => Repeats ? FirstFarLevel + 1 : FirstFarLevel;

    /// <summary>Whether the tree is deep enough for a far field; without one, direct sums are all there is.</summary>
    public bool HasFarField => Depth >= FirstFarLevel;

    /// <summary>Leaves that hold a source or a target.</summary>
    public int LeafCount { get; private set; }

    /// <summary>Nodes that hold a source or a target, leaves and not.</summary>
    public int NodeCount { get; private set; }

    /// <summary>All rows of all levels, holes among them.</summary>
    public int TotalRows { get; private set; }

    /// <summary>Number of runs that all octets of all levels are cut into.</summary>
    public int RunCount { get; private set; }

    /// <summary>Notes the root's cube; called by the system that bounds the points.</summary>
    /// <param name="domain">The cube.</param>
    /// <param name="scaled">Whether lengths are scaled by it.</param>
    public void Enclose(in RootCube domain, bool scaled)
    {
        RootCube = domain;
        IsScaled = scaled;
        Unit = scaled ? Math.ScaleB(1, Math.ILogB(domain.HalfWidth)) : 1;
    }

    /// <summary>Notes that the box repeats; called by the system that bounds the points, after <see cref="Enclose"/>.</summary>
    /// <param name="box">The box; each of its edges that repeat is the root's but for a power of two.</param>
    public void Repeat(PeriodicBox box)
    {
        ArgumentNullException.ThrowIfNull(box);
        Period = new Position(box.Period(0), box.Period(1), box.Period(2));
        Repeats = true;
        WholeLevel = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            _wholeLevels[axis] = box.Repeats(axis) ? (int)Math.Round(Math.Log2(2 * HalfWidth / box.Period(axis))) : -1;
            WholeLevel = Math.Max(WholeLevel, _wholeLevels[axis]);
        }
        FirstFarLevel = Math.Max(1, WholeLevel);
    }

    /// <summary>Nodes of a level along an edge that repeats, 0 along another axis.</summary>
    /// <param name="axis">0 x, 1 y, 2 z.</param>
    /// <param name="level">Level, from <see cref="WholeLevel"/> on.</param>
    internal int NodesAlong(int axis, int level) => Repeats && _wholeLevels[axis] >= 0 ? 1 << (level - _wholeLevels[axis]) : 0;

    /// <summary>Whether some of a node's neighbours are met across a wall that repeats.</summary>
    /// <param name="key">The node's key.</param>
    /// <param name="level">Its level.</param>
    internal bool IsAtWall(ulong key, int level)
    {
        if (!Repeats || level < WholeLevel) return false;
        (uint x, uint y, uint z) = Morton.Decode(key);
        return AtWall(0, x, level) || AtWall(1, y, level) || AtWall(2, z, level);
    }

    /// <summary>Key of a node's neighbour on its level, across walls that repeat.</summary>
    /// <param name="key">The node's key.</param>
    /// <param name="level">Its level; in a box that repeats from <see cref="WholeLevel"/> on.</param>
    /// <param name="direction">Which neighbour, 0 to 26.</param>
    /// <param name="neighbour">Its key.</param>
    /// <param name="image">The image that it is met in, 0 to 26.</param>
    /// <returns>False when there is none.</returns>
    internal bool TryNeighbour(ulong key, int level, int direction, out ulong neighbour, out int image)
    {
        image = ListMember.Home;
        if (!Repeats) return Morton.TryNeighbour(key, level, direction, out neighbour);
        neighbour = 0;
        (uint x, uint y, uint z) = Morton.Decode(key);
        int nx = (int)x + (direction % 3) - 1, ny = (int)y + (direction / 3 % 3) - 1, nz = (int)z + (direction / 9) - 1;
        if (!TryWrap(0, level, ref nx, 1, ref image) || !TryWrap(1, level, ref ny, 3, ref image) || !TryWrap(2, level, ref nz, 9, ref image)) return false;
        neighbour = Morton.Encode((uint)nx, (uint)ny, (uint)nz);
        return true;
    }

    /// <summary>Half width of the nodes of a level, in <see cref="Unit"/>s.</summary>
    /// <param name="level">Level, 0 to 21.</param>
    public double ScaledHalfWidth(int level) => NodeGeometry.HalfWidth(RootCube, level) / Unit;

    /// <summary>How far an image of the box lies from the box.</summary>
    /// <param name="image">The image, 0 to 26: see <see cref="ListMember.Image"/>.</param>
    /// <returns>The displacement, in the user's units; zero for <see cref="ListMember.Home"/>.</returns>
    public Position Shift(int image) => image == ListMember.Home
        ? default
        : new Position(((image % 3) - 1) * Period.X, ((image / 3 % 3) - 1) * Period.Y, ((image / 9) - 1) * Period.Z);

    /// <summary>Centre of a member of a list, in the image that it acts from.</summary>
    /// <param name="member">The member.</param>
    /// <param name="key">Its key at its level.</param>
    /// <returns>The centre, in the user's units.</returns>
    internal Position CentreOf(ListMember member, ulong key)
    {
        Position centre = NodeGeometry.Centre(RootCube, member.Level, key), shift = Shift(member.Image);
        return new Position(centre.X + shift.X, centre.Y + shift.Y, centre.Z + shift.Z);
    }

    private bool AtWall(int axis, uint cell, int level) => NodesAlong(axis, level) is int cells and > 0 && (cell == 0 || cell == cells - 1);

    private bool TryWrap(int axis, int level, ref int cell, int weight, ref int image)
    {
        int cells = NodesAlong(axis, level);
        if (cells == 0) return cell >= 0 && cell < 1 << level;
        int turn = cell < 0 ? -1 : cell >= cells ? 1 : 0;
        cell -= turn * cells;
        image += turn * weight;
        return true;
    }

    /// <summary>Octets of a level.</summary>
    /// <param name="level">Level; 0 and those below the depth have none.</param>
    /// <returns>Their number.</returns>
    public int OctetCount(int level) => level >= 1 && level <= Depth ? _octets[level] : 0;

    /// <summary>The first octet of a level that this world has points of: the first of all but where it works on ranks, whose ghosts stand before and behind.</summary>
    /// <param name="level">Level.</param>
    internal int OwnStart(int level) => level >= 1 && level <= Depth ? _ownStart[level] : 0;

    /// <summary>The octet behind the last that this world has points of.</summary>
    /// <param name="level">Level.</param>
    internal int OwnEnd(int level) => level >= 1 && level <= Depth ? _ownEnd[level] : 0;

    /// <summary>Notes which octets of a level this world has points of; the system that spawns nodes has noted all.</summary>
    /// <param name="level">Level.</param>
    /// <param name="start">The first.</param>
    /// <param name="end">The one behind the last.</param>
    internal void Own(int level, int start, int end) => (_ownStart[level], _ownEnd[level]) = (start, end);

    /// <summary>Rows of a level.</summary>
    /// <param name="level">Level.</param>
    /// <returns>1 for the root's level, else eight an octet.</returns>
    public int RowCount(int level) => level == 0 ? 1 : 8 * OctetCount(level);

    /// <summary>A run of octets.</summary>
    /// <param name="index">Which, 0 to <see cref="RunCount"/> - 1; runs ascend by level and then by octet.</param>
    /// <returns>The run.</returns>
    internal OctetRun Run(int index)
    {
        int level = 1;
        while (index >= _firstRun[level + 1]) level++;
        int start = (index - _firstRun[level]) * OctetsARun;
        return new OctetRun(level, start, Math.Min(start + OctetsARun, _octets[level]));
    }

    /// <summary>Notes a level's rows; called by the system that spawns nodes, from the root down.</summary>
    /// <param name="level">Level, 0 to 21.</param>
    /// <param name="octets">Its octets; ignored for the root.</param>
    public void Assign(int level, int octets)
    {
        _octets[level] = level == 0 ? 0 : octets;
        Own(level, 0, _octets[level]);
        _firstRun[level + 1] = level == 0 ? 0 : _firstRun[level] + ((octets + OctetsARun - 1) / OctetsARun);
        Depth = level;
        RunCount = _firstRun[level + 1];
        TotalRows = level == 0 ? 1 : TotalRows + (8 * octets);
    }

    /// <summary>Notes the counts once all levels stand.</summary>
    /// <param name="nodeCount">Nodes that hold a point.</param>
    /// <param name="leafCount">Leaves among them.</param>
    public void Count(int nodeCount, int leafCount)
    {
        NodeCount = nodeCount;
        LeafCount = leafCount;
    }
}
