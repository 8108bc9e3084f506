using Fmm.Engine;

namespace Fmm.Files;

/// <summary>
/// Names of entities as four numbers that mean the same in another process: id, version, 1 for an entity of the world, and the number of the archetype and one
/// where the row was made en bloc. All are 0 for no entity, for one of another world, and for a row that is no more or not in the file.
/// </summary>
/// <param name="world">The world that names are of.</param>
/// <param name="saved">Archetypes in the order of the file.</param>
internal sealed class EntityNames(World world, IReadOnlyList<Archetype> saved)
{
    /// <summary>A name to numbers.</summary>
    public void Write(Entity name, Span<int> to)
    {
        to.Clear();
        if (name.Owner != world.Id || name.IsPlaceholder) return;
        if (!name.IsEnBloc)
        {
            (to[0], to[1], to[2]) = (name.Id, name.Version, 1);
            return;
        }
        if (!world.IsAlive(name)) return;
        Archetype rows = world.GetArchetype(name);
        for (int i = 0; i < saved.Count; i++)
            if (ReferenceEquals(saved[i], rows)) (to[0], to[2], to[3]) = (name.Id, 1, i + 1);
    }

    /// <summary>Numbers to a name, as it will be once the rows are restored.</summary>
    public Entity Read(ReadOnlySpan<int> from)
    {
        if (from[2] != 1) return default;
        if (from[3] == 0) return from[0] >= 0 && from[1] > 0 ? new Entity(world.Id, from[0], from[1]) : default;
        if (from[3] < 0 || from[3] > saved.Count || from[0] >= 0 || !saved[from[3] - 1].IsEnBloc) return default;
        Archetype rows = saved[from[3] - 1];
        return Entity.EnBloc(world.Id, rows.BlocNumber, rows.NextGeneration, ~from[0]);
    }
}
