using System.Reflection;
using System.Runtime.InteropServices;
using Fmm.Engine;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>One number of each body: a field of a component, or the length of a vector that a component is.</summary>
internal sealed class BodyNumber
{
    private readonly ComponentType _component;
    private readonly int _field;
    private readonly bool _isLength;
    private readonly bool _isSingle;

    private BodyNumber(ComponentType component, string name, string unit, int field, bool isLength, bool isSingle)
    {
        (_component, Name, Unit, _field, _isLength, _isSingle) = (component, name, unit, field, isLength, isSingle);
    }

    /// <summary>Its name: potential, speed, velocity x.</summary>
    public string Name { get; }

    /// <summary>Its unit in words; the engine knows no other units than the user's.</summary>
    public string Unit { get; }

    /// <summary>The numbers that bodies have, those that are looked at most first.</summary>
    public static BodyNumber[] Of(in QueryDescription bodies) =>
        [.. bodies.All.Types.ToArray().SelectMany(Of).OrderBy(one => Rank(one.Name)).ThenBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>What makes a body large: its charge or mass, or else what the method takes for charges; null where it has none.</summary>
    public static BodyNumber? WeightOf(Simulation simulation) =>
        Of(simulation.Bodies).FirstOrDefault(one => one.Name is "charge" or "mass")
        ?? (simulation.Method.Entities is { } entities ? Of(entities.Charge.Type).FirstOrDefault() : null);

    /// <summary>The numbers of one component; none where it does not consist of numbers of one precision.</summary>
    public static IEnumerable<BodyNumber> Of(ComponentType component)
    {
        if (component.IsBlock) yield break;
        FieldInfo[] fields = component.Info.Value.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        bool isSingle = fields.Length > 0 && fields.All(field => field.FieldType == typeof(float));
        if (fields.Length == 0 || (!isSingle && !fields.All(field => field.FieldType == typeof(double)))) yield break;
        if (fields.Length * (isSingle ? sizeof(float) : sizeof(double)) != component.ByteSize) yield break;
        string name = Words(component.Name), unit = UnitOf(component.Name);
        if (fields.Length == 1)
        {
            yield return new BodyNumber(component, name, unit, 0, isLength: false, isSingle);
            yield break;
        }

        if (fields.Length == 3 && component.Name != "Position")
            yield return new BodyNumber(component, component.Name == "Velocity" ? "speed" : $"{name}, length", unit, 0, isLength: true, isSingle);
        for (int i = 0; i < fields.Length; i++)
            yield return new BodyNumber(component, $"{name} {Words(ComponentFields.NameOf(fields[i]))}", unit, i, isLength: false, isSingle);
    }

    /// <summary>Copies it of all rows; allocates nothing.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="numbers">Where the first goes.</param>
    /// <param name="stride">From one to the next.</param>
    public void Copy(in Chunk rows, Span<float> numbers, int stride)
    {
        if (!rows.Has(_component)) return;
        ReadOnlySpan<byte> bytes = rows.ReadBytes(_component);
        if (_isSingle) Copy(MemoryMarshal.Cast<byte, float>(bytes), rows.Count, numbers, stride);
        else Copy(MemoryMarshal.Cast<byte, double>(bytes), rows.Count, numbers, stride);
    }

    private void Copy(ReadOnlySpan<double> values, int count, Span<float> numbers, int stride)
    {
        int width = values.Length / count;
        if (!_isLength)
        {
            for (int row = 0; row < count; row++) numbers[row * stride] = (float)values[(row * width) + _field];
            return;
        }

        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<double> v = values.Slice(row * width, 3);
            numbers[row * stride] = (float)Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));
        }
    }

    private void Copy(ReadOnlySpan<float> values, int count, Span<float> numbers, int stride)
    {
        int width = values.Length / count;
        if (!_isLength)
        {
            for (int row = 0; row < count; row++) numbers[row * stride] = values[(row * width) + _field];
            return;
        }

        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> v = values.Slice(row * width, 3);
            numbers[row * stride] = MathF.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));
        }
    }

    // SpinRate is read as spin rate.
    private static string Words(string name) => string.Concat(name.Select((letter, i) => (i > 0 && char.IsUpper(letter) ? " " : "") + char.ToLowerInvariant(letter)));

    private static int Rank(string name) => name switch
    {
        "potential" => 0,
        "speed" => 1,
        "charge" => 2,
        "mass" => 3,
        _ when name.EndsWith(", length", StringComparison.Ordinal) => 4,
        _ when name.StartsWith("position", StringComparison.Ordinal) => 6,
        _ => 5,
    };

    private static string UnitOf(string component) => component switch
    {
        "Position" => "length",
        "Velocity" => "length / time",
        "Potential" => "unit of the kernel",
        "Gradient" => "unit of the kernel / length",
        "Charge" => "charge",
        "Mass" => "mass",
        _ => "",
    };
}
