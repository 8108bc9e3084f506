namespace Fmm.Files;

/// <summary>A number, or an entity's name, in a component.</summary>
/// <param name="Name">Its name, with those of the structs that it stands in before it.</param>
/// <param name="Offset">Bytes from the component's beginning.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct ComponentField(string Name, int Offset, FieldKind Kind)
{
    /// <summary>Numbers that a name is in a file: id, version, whose it is, archetype.</summary>
    public const int NumbersOfAName = 4;

    /// <summary>What it is in a file: double, float, long or int.</summary>
    public Type Stored => Kind switch
    {
        FieldKind.Double => typeof(double),
        FieldKind.Single => typeof(float),
        FieldKind.Int64 or FieldKind.UInt64 or FieldKind.UInt32 => typeof(long),
        _ => typeof(int),
    };

    /// <summary>Numbers that it is in a file.</summary>
    public int Width => Kind == FieldKind.Name ? NumbersOfAName : 1;

    /// <summary>Whether its bytes in a file are those in memory.</summary>
    public bool IsSame => Kind is FieldKind.Double or FieldKind.Single or FieldKind.Int64 or FieldKind.UInt64 or FieldKind.Int32;
}
