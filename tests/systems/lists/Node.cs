using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A node by level and row, and what it means in space: computed here from keys and points alone.</summary>
internal readonly record struct Node(World World, int Level, int Row)
{
    public TreeShape Shape => World.Resource<TreeShape>();

    public ulong Key => World.Nodes<NodeKey>(Level)[Row].Value;

    public double HalfWidth => NodeGeometry.HalfWidth(Shape.RootCube, Level);

    public Position Centre => NodeGeometry.Centre(Shape.RootCube, Level, Key);

    public bool IsLeaf => World.Nodes<NodeLinks>(Level)[Row].IsLeaf;

    public int SourceCount => World.Nodes<SourceRange>(Level)[Row].Count;

    public int TargetCount => World.Nodes<TargetRange>(Level)[Row].Count;

    /// <summary>All nodes of a level.</summary>
    public static IEnumerable<Node> Of(World world, int level) =>
        Enumerable.Range(0, level > world.Resource<TreeShape>().Depth ? 0 : world.Resource<TreeShape>().RowCount(level)).Select(row => new Node(world, level, row));

    /// <summary>All nodes of levels 2 and deeper: those that have expansions.</summary>
    public static IEnumerable<Node> WithExpansions(World world) =>
        Enumerable.Range(2, Math.Max(0, world.Resource<TreeShape>().Depth - 1)).SelectMany(level => Of(world, level));

    /// <summary>Whether the point lies in the node.</summary>
    public bool Holds(Position point) => Distance(point, Level) == 0;

    /// <summary>Whether the point's cell of this level touches the node or is it.</summary>
    public bool Touches(Position point) => Distance(point, Level) <= 1;

    /// <summary>Whether the point's cell of this level belongs to the V list: the parents touch, the cells do not.</summary>
    public bool SeesByV(Position point) => Distance(point, Level) > 1 && Distance(point, Level - 1) <= 1;

    /// <summary>The points of the surface of <paramref name="ratio"/> half widths.</summary>
    public Position[] SurfacePoints(Surface surface, double ratio)
    {
        Position centre = Centre;
        double half = ratio * HalfWidth;
        return [.. Enumerable.Range(0, surface.Count).Select(i => new Position(
            centre.X + surface.Coordinate(i, 0, half), centre.Y + surface.Coordinate(i, 1, half), centre.Z + surface.Coordinate(i, 2, half)))];
    }

    // Greatest distance along an axis between the node's ancestor and the point's cell at a level, in cells.
    private long Distance(Position point, int level)
    {
        (uint x, uint y, uint z) = Morton.Decode(Morton.Ancestor(Key, Level - level));
        (uint a, uint b, uint c) = Morton.Decode(Morton.Ancestor(NodeGeometry.Key(Shape.RootCube, point), Morton.MaxLevel - level));
        return Math.Max(Math.Abs((long)x - a), Math.Max(Math.Abs((long)y - b), Math.Abs((long)z - c)));
    }
}
