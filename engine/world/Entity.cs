namespace Fmm.Engine;

/// <summary>
/// A row's name that outlives moves: an id, a version that tells a reused id from the old one, and its world. 16 bytes.
/// </summary>
/// <remarks>
/// Entities made one at a time have ids from 0 and a record in the world. Rows made en bloc
/// (<see cref="World.Rows"/>) have none: their id is <c>~row</c>, so below 0, and their version counts the
/// <see cref="Archetype.SetCount"/> calls of their archetype, by which a name from before a rebuild is known to be
/// dead. No name is ever given twice, and none is alive in another world than its own.
/// </remarks>
public readonly struct Entity : IEquatable<Entity>
{
    private const int BlocBits = 12;
    private const uint BlocMask = (1u << BlocBits) - 1;

    /// <summary>The id; unique among the living of a world that were made one at a time. Below 0: a row of an en-bloc archetype.</summary>
    public readonly int Id;

    /// <summary>Tells uses of one id apart.</summary>
    public readonly int Version;

    /// <summary>Number of the world; 0: none. For a placeholder of a <see cref="CommandBuffer"/> the low half of its recording's.</summary>
    internal readonly int Owner;

    /// <summary>En bloc: the archetype's number and one, and above it what the version has no room for. For a placeholder the high
    /// half of its recording's number. Else 0.</summary>
    private readonly uint _bloc;

    internal Entity(int owner, int id, int version)
    {
        Owner = owner;
        Id = id;
        Version = version;
    }

    private Entity(int owner, int id, int version, uint bloc)
        : this(owner, id, version)
    {
        _bloc = bloc;
    }

    /// <summary>The entity that is never alive.</summary>
    public static Entity Null => default;

    internal bool IsEnBloc => Id < 0;

    /// <summary>Whether this stands for an entity that a command buffer will make.</summary>
    internal bool IsPlaceholder => Id >= 0 && Version < 0;

    /// <summary>The recording that a placeholder belongs to.</summary>
    internal long Recording => ((long)_bloc << 32) | unchecked((uint)Owner);

    internal int Row => ~Id;

    internal int BlocNumber => (int)(_bloc & BlocMask) - 1;

    /// <summary>The name of what a recording's command number <paramref name="made"/> on a lane will make.</summary>
    internal static Entity Placeholder(long recording, int lane, int made) =>
        new(unchecked((int)recording), made, ~lane, (uint)(recording >> 32));

    /// <summary>A row's name; 52 bits of the generation are in it, which no program lives to count through.</summary>
    internal static Entity EnBloc(int world, int number, long generation, int row) =>
        new(world, ~row, unchecked((int)generation), unchecked(((uint)(generation >> 32) << BlocBits) | (uint)(number + 1)));

    /// <inheritdoc/>
    public bool Equals(Entity other) => Id == other.Id && Version == other.Version && Owner == other.Owner && _bloc == other._bloc;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Entity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Version, Owner, _bloc);

    /// <summary>The id and version.</summary>
    public override string ToString() => $"Entity {Id} (version {Version})";

    /// <summary>Whether both name the same row.</summary>
    public static bool operator ==(Entity left, Entity right) => left.Equals(right);

    /// <summary>Whether they name different rows.</summary>
    public static bool operator !=(Entity left, Entity right) => !left.Equals(right);
}
