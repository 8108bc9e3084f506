using System.Reflection;
using Fmm.Engine;

namespace Fmm.Files;

/// <summary>Finds the components that a file names: those of the world's rows, or types of the program's assemblies.</summary>
/// <param name="world">The world.</param>
/// <param name="file">The file, for messages.</param>
internal sealed class ComponentSearch(World world, string file)
{
    private static readonly MethodInfo _column = typeof(ComponentType).GetMethod(nameof(ComponentType.Of))!, _block = typeof(ComponentType).GetMethod(nameof(ComponentType.Block))!;
    private readonly Dictionary<string, ComponentType> _known = Known(world);

    /// <summary>The signature of rows.</summary>
    /// <exception cref="DataFileException">There is no such component, or it is another than that in the file.</exception>
    public Signature Signature(SavedRows rows)
    {
        ComponentType[] types = [.. rows.Columns.Select(Find)];
        Signature signature = Fmm.Engine.Signature.Of(types);
        if (signature.Count != types.Length) throw new DataFileException(file, $"rows of {signature} have a component twice: the file is damaged; take another copy");
        return signature;
    }

    private static Dictionary<string, ComponentType> Known(World world)
    {
        Dictionary<string, ComponentType> known = new(StringComparer.Ordinal);
        foreach (Archetype archetype in world.Archetypes)
            foreach (ComponentType type in archetype.Signature.Types) known[type.Info.SortKey] = type;
        return known;
    }

    private ComponentType Find(SavedColumn column)
    {
        if (!_known.TryGetValue(column.Key, out ComponentType type))
        {
            type = OfAssemblies(column.Key.Split('|')) ?? throw new DataFileException(
                file, $"{column.Path}: this program has no component {column.Key}; refer to the assembly that has it, or restore with the program that wrote the file");
            _known[column.Key] = type;
        }
        string fields = string.Join(", ", ComponentFields.Of(type.Info.Value).Select(field => field.Name));
        if (type.Info.Bytes == column.Bytes && fields == column.Fields) return type;
        throw new DataFileException(
            file, $"{column.Path}: {type.Name} is {column.Bytes} bytes of {column.Fields} in the file, and {type.Info.Bytes} bytes of {fields} in this program; restore with the version that wrote the file");
    }

    // Type, scalar of a block, assembly; see ComponentInfo.SortKey.
    private static ComponentType? OfAssemblies(string[] key)
    {
        if (key.Length != 3) return null;
        Type? type = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(one => one.GetName().Name == key[2])?.GetType(key[0]);
        Type? scalar = key[1].Length == 0 ? null : Type.GetType(key[1]);
        if (type is not { IsValueType: true, ContainsGenericParameters: false } || (scalar is null && key[1].Length > 0)) return null;
        try
        {
            return (ComponentType)(scalar is null ? _column.MakeGenericMethod(type) : _block.MakeGenericMethod(type, scalar)).Invoke(null, null)!;
        }
        catch (ArgumentException)
        {
            return null; // A struct that holds references is no component.
        }
    }
}
