using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>One component of the bodies in a time series: a dataset a written step.</summary>
/// <param name="Component">The component.</param>
/// <param name="Name">The dataset's name: positions, velocity, potential.</param>
/// <param name="Width">Numbers a body.</param>
/// <param name="IsSingle">Whether they are of single precision.</param>
internal sealed record SeriesColumn(ComponentType Component, string Name, int Width, bool IsSingle)
{
    /// <summary>Bytes a number.</summary>
    public int NumberBytes => IsSingle ? sizeof(float) : sizeof(double);

    /// <summary>The components that consist of numbers of one precision; places first.</summary>
    public static SeriesColumn[] Of(in QueryDescription bodies) =>
        [.. bodies.All.Types.ToArray().Select(Of).OfType<SeriesColumn>().OrderBy(one => one.Name == Places ? 0 : 1).ThenBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>The dataset of places.</summary>
    public const string Places = "positions";

    private static SeriesColumn? Of(ComponentType component)
    {
        if (component.IsBlock) return null;
        Type[] fields = [.. component.Info.Value.GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic).Select(field => field.FieldType).Distinct()];
        if (fields is not [Type number] || (number != typeof(double) && number != typeof(float))) return null;
        bool isSingle = number == typeof(float);
        string name = component.Name == "Position" ? Places : char.ToLowerInvariant(component.Name[0]) + component.Name[1..];
        return new SeriesColumn(component, name, component.ByteSize / (isSingle ? sizeof(float) : sizeof(double)), isSingle);
    }
}
