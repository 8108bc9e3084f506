namespace Fmm.Files;

/// <summary>
/// What a run keeps beside its rows, by name: a seed, a scene's name, options, counters, sums. It is stored as attributes: some hundreds of numbers, not
/// columns.
/// </summary>
public sealed class SavedState
{
    private readonly SortedDictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly string? _file;

    /// <summary>Nothing yet.</summary>
    public SavedState()
    {
    }

    internal SavedState(string file) => _file = file;

    /// <summary>All names, sorted.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>Whether there is something of this name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Keeps a text.</summary>
    /// <param name="name">Its name; what stood there is replaced.</param>
    /// <param name="value">The text.</param>
    public void Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Put(name, value);
    }

    /// <summary>Keeps a whole number.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(string name, long value) => Put(name, value);

    /// <summary>Keeps a number, to the bit.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(string name, double value) => Put(name, value);

    /// <summary>Keeps a copy of some numbers, to the bit.</summary>
    /// <param name="name">Their name; what stood there is replaced.</param>
    /// <param name="values">One to 4096 numbers.</param>
    /// <exception cref="ArgumentException">There are none, or more: those are a component's.</exception>
    public void Set(string name, ReadOnlySpan<double> values)
    {
        if (values.Length is < 1 or > 4096) throw new ArgumentException($"{name}: {values.Length} numbers; an attribute has 1 to 4096, more belong into a component of entities", nameof(values));
        Put(name, values.ToArray());
    }

    /// <summary>A text.</summary>
    /// <exception cref="DataFileException">There is none of this name.</exception>
    public string Text(string name) => Get<string>(name, "a text");

    /// <summary>A whole number.</summary>
    /// <exception cref="DataFileException">There is none of this name.</exception>
    public long Integer(string name) => Get<long>(name, "a whole number");

    /// <summary>A number.</summary>
    /// <exception cref="DataFileException">There is none of this name.</exception>
    public double Number(string name) => Numbers(name) is [double one] ? one : throw Refuse(name, "a number");

    /// <summary>Some numbers.</summary>
    /// <exception cref="DataFileException">There are none of this name.</exception>
    public double[] Numbers(string name) => _values.TryGetValue(name, out object? value) && value is double one ? [one] : [.. Get<double[]>(name, "numbers")];

    /// <summary>The value of a name, as it was set.</summary>
    internal object this[string name] => _values[name];

    internal void Put(string name, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _values[name] = value;
    }

    private T Get<T>(string name, string what) => _values.TryGetValue(name, out object? value) && value is T found ? found : throw Refuse(name, what);

    private DataFileException Refuse(string name, string what) => new(
        _file ?? "the state to save", $"there is no {name} that is {what} in it; there {(_values.Count == 0 ? "is nothing" : $"are {string.Join(", ", _values.Keys)}")}: take a file that this program wrote");
}
