namespace Fmm.Engine;

/// <summary>
/// A row's name that outlives moves: an id, and a version that tells a reused id from the old one. 8 bytes.
/// </summary>
/// <remarks>
/// Entities made one at a time have ids from 0 and a record in the world. Rows made en bloc
/// (<see cref="World.Rows"/>) have none: their id is <c>~row</c>, so below 0, and their version holds the archetype's
/// number and the count of its <see cref="Archetype.SetCount"/> calls, by which a name from before a rebuild is known to
/// be dead. The count wraps after 2^20 rebuilds: don't keep names of rows for that long.
/// </remarks>
public readonly struct Entity : IEquatable<Entity>
{
    internal const int GenerationBits = 20;
    internal const int GenerationMask = (1 << GenerationBits) - 1;

    /// <summary>The id; unique among the living. Below 0: a row of an en-bloc archetype.</summary>
    public readonly int Id;

    /// <summary>Tells uses of one id apart; 0 in no living entity.</summary>
    public readonly int Version;

    internal Entity(int id, int version)
    {
        Id = id;
        Version = version;
    }

    /// <summary>The entity that is never alive.</summary>
    public static Entity Null => default;

    internal bool IsEnBloc => Id < 0;

    internal int Row => ~Id;

    internal int BlocNumber => (int)(unchecked((uint)Version) >> GenerationBits) - 1;

    internal static Entity EnBloc(int number, int generation, int row) =>
        new(~row, unchecked((int)(((uint)(number + 1) << GenerationBits) | (uint)(generation & GenerationMask))));

    /// <inheritdoc/>
    public bool Equals(Entity other) => Id == other.Id && Version == other.Version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Entity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Version);

    /// <summary>The id and version.</summary>
    public override string ToString() => $"Entity {Id} (version {Version})";

    /// <summary>Whether both name the same row.</summary>
    public static bool operator ==(Entity left, Entity right) => left.Equals(right);

    /// <summary>Whether they name different rows.</summary>
    public static bool operator !=(Entity left, Entity right) => !left.Equals(right);
}
