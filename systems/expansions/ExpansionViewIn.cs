using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The view of expansions that are stored in a precision.</summary>
/// <param name="world">The world.</param>
/// <param name="sizes">Sizes of the expansions.</param>
/// <param name="factor">What a unit charge's potential in units of the given length is to be multiplied by: normalisation and scale.</param>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class ExpansionViewIn<T>(World world, ExpansionSizes sizes, Func<double, double> factor) : ExpansionView(sizes)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Access GatherMultipoles(Access access) => Declare(access).GatherBlock<Multipole, T>();

    public override Access WriteMultipoles(Access access) => Declare(access).WriteBlock<Multipole, T>();

    public override Access GatherLocals(Access access) => Declare(access).GatherBlock<Local, T>();

    public override Access WriteLocals(Access access) => Declare(access).WriteBlock<Local, T>();

    public override void ReadMultipole(in Chunk nodes, int row, Span<double> density) =>
        Read(Sizes.Densities, row, nodes.ReadBlock<Multipole, T>()[row], density, DensityUnit(nodes.Level));

    public override void WriteMultipole(in Chunk nodes, int row, ReadOnlySpan<double> density) =>
        Write(Sizes.Densities, row, density, nodes.WriteBlock<Multipole, T>()[row], 1 / DensityUnit(nodes.Level));

    public override void ReadLocal(in Chunk nodes, int row, Span<double> potential) =>
        Read(Sizes.Checks, row, nodes.ReadBlock<Local, T>()[row], potential, PotentialUnit());

    public override void WriteLocal(in Chunk nodes, int row, ReadOnlySpan<double> potential) =>
        Write(Sizes.Checks, row, potential, nodes.WriteBlock<Local, T>()[row], 1 / PotentialUnit());

    public override Position Point(in Chunk nodes, int row, int point)
    {
        if (unchecked((uint)point) >= (uint)Surface.Count) throw new ArgumentOutOfRangeException(nameof(point), point, $"The surface has {Surface.Count} points.");
        return At(Centre(in nodes, row, out double half), half, point);
    }

    public override void Points(in Chunk nodes, int row, Span<Position> points)
    {
        RequireLength(points.Length, Surface.Count);
        Position centre = Centre(in nodes, row, out double half);
        for (int i = 0; i < points.Length; i++) points[i] = At(centre, half, i);
    }

    private Position Centre(in Chunk nodes, int row, out double half)
    {
        nodes.RequireRow(row);
        RootCube root = world.Resource<TreeShape>().RootCube;
        half = Sizes.Ratios.Inner * NodeGeometry.HalfWidth(root, nodes.Level);
        return NodeGeometry.Centre(root, nodes.Level, nodes.Read<NodeKey>()[row].Value);
    }

    private Position At(in Position centre, double half, int point) => new(
        centre.X + Surface.Coordinate(point, 0, half), centre.Y + Surface.Coordinate(point, 1, half), centre.Z + Surface.Coordinate(point, 2, half));

    private static Access Declare(Access access) => access.ReadResource<TreeShape>().ReadResource<ChargeInput>().Gather<NodeKey>();

    private double DensityUnit(int level) =>
        world.Resource<ChargeInput>().Unit / Sizes.DensityScale(world.Resource<TreeShape>().ScaledHalfWidth(level));

    private double PotentialUnit() => world.Resource<ChargeInput>().Unit * factor(world.Resource<TreeShape>().Unit);

    private void Read(ParityPoints points, int row, Span<T> stored, Span<double> plain, double unit)
    {
        RequireLength(plain.Length, stored.Length);
        double* sorted = stackalloc double[stored.Length];
        for (int i = 0; i < stored.Length; i++) sorted[i] = double.CreateTruncating(stored[i]) * unit;
        fixed (double* to = plain) ParityRows<double>.Unsort(points, row & 7, sorted, Surface.Count, to);
    }

    private void Write(ParityPoints points, int row, ReadOnlySpan<double> plain, Span<T> stored, double unit)
    {
        RequireLength(plain.Length, stored.Length);
        double* sorted = stackalloc double[stored.Length];
        fixed (double* from = plain) ParityRows<double>.Sort(points, row & 7, from, Surface.Count, sorted);
        for (int i = 0; i < stored.Length; i++) stored[i] = T.CreateTruncating(sorted[i] * unit);
    }

    private static void RequireLength(int given, int expected)
    {
        if (given != expected) throw new ArgumentException($"An expansion has {expected} numbers, not {given}: one for each component of each point of the surface.");
    }
}
