using System.Reflection;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Tests.Docs;

/// <summary>What a user of the four packages can name: public types and their public or protected members, and the types of .NET.</summary>
internal static class PublicNames
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly ILookup<string, Type> _types = new[] { typeof(World), typeof(Position), typeof(FmmSolver), typeof(PointSet) }
        .SelectMany(type => type.Assembly.GetExportedTypes()).ToLookup(type => Plain(type.Name));

    private static readonly HashSet<string> _members = [.. _types.SelectMany(types => types).SelectMany(type => type.GetMembers(Declared)).Where(IsSeen).Select(member => member.Name)];

    private static readonly HashSet<string> _framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(file => Path.GetFileName(file) is "System.Private.CoreLib.dll" or "System.Runtime.dll")
        .SelectMany(file => Assembly.Load(AssemblyName.GetAssemblyName(file)).GetExportedTypes()).Select(type => Plain(type.Name))];

    /// <summary>Whether a name means something: <c>Type</c>, <c>Type.Member</c>, <c>Member</c>, or a namespace.</summary>
    /// <param name="name">Identifiers with dots between, without type arguments and parameters.</param>
    public static bool Has(string name)
    {
        string[] parts = name.Split('.');
        if (parts[0] == "Fmm") return _types.SelectMany(types => types).Any(type => type.Namespace == name);
        for (int i = 0; i < parts.Length; i++)
        {
            Type[] owners = i == 0 ? [] : [.. _types[parts[i - 1]]];
            bool found = owners.Length > 0 ? owners.Any(owner => HasMember(owner, parts[i])) : _types.Contains(parts[i]) || _members.Contains(parts[i]) || _framework.Contains(parts[i]);
            if (!found) return false;
        }
        return true;
    }

    private static bool HasMember(Type owner, string name)
    {
        for (Type? type = owner; type is not null; type = type.BaseType)
            if (type.GetMembers(Declared).Any(member => IsSeen(member) && Plain(member.Name) == name)) return true;
        return owner.GetInterfaces().Any(one => one.GetMembers().Any(member => member.Name == name));
    }

    private static bool IsSeen(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsSeen),
        Type type => type.IsNestedPublic,
        _ => true,
    };

    private static string Plain(string name) => name.Split('`')[0];
}
