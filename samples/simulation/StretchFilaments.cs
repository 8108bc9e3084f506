using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Vorticity of points on filaments: circulation times the piece of filament about each, half the way between its neighbours. Helmholtz' theorem says the rest: filaments go with the
/// fluid, circulation stays, so that vortices are stretched as their points move apart. Comes after whoever moves the points, before <see cref="ReadEntities"/>.
/// </summary>
/// <param name="world">The world; all rows with <see cref="FilamentPoint"/> are of one archetype, and none is removed.</param>
public sealed class StretchFilaments(World world) : BaseSystem<World, FmmStep>(world)
{
    private static readonly QueryDescription _points = new QueryDescription().WithAll<Position, FilamentPoint, Vorticity>();

    /// <inheritdoc/>
    public override Access Access { get; } = new Access().Gather<Position>().Read<FilamentPoint>().Write<Vorticity>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        foreach (ref Chunk rows in World.Query(in _points))
        {
            ReadOnlySpan<Position> at = rows.Read<Position>();
            ReadOnlySpan<FilamentPoint> points = rows.Read<FilamentPoint>();
            Span<Vorticity> vorticity = rows.Write<Vorticity>();
            for (int row = 0; row < points.Length; row++)
            {
                (Position before, Position after, double half) = (at[points[row].Before], at[points[row].After], points[row].Circulation / 2);
                vorticity[row] = new(half * (after.X - before.X), half * (after.Y - before.Y), half * (after.Z - before.Z));
            }
        }
    }
}
