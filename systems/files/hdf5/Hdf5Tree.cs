using PureHDF;

namespace Fmm.Files;

/// <summary>What is declared of a file: groups, datasets and attributes.</summary>
internal sealed class Hdf5Tree
{
    private readonly H5File _root = [];
    private readonly Dictionary<string, H5Object> _objects;
    private readonly List<(string Path, string Name, object Value)> _attributes = [];
    private readonly List<Hdf5Space> _spaces = [];

    public Hdf5Tree()
    {
        _objects = new Dictionary<string, H5Object>(StringComparer.Ordinal) { [""] = _root };
    }

    /// <summary>The path of a dataset that has rows missing; null where there is none.</summary>
    public string? Incomplete => _spaces.Find(one => !one.IsComplete)?.Path;

    /// <summary>Adds a dataset.</summary>
    public void Add(string path, Hdf5Space space)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) throw new ArgumentException("a dataset needs a name", nameof(path));
        string full = string.Join('/', parts);
        if (_objects.ContainsKey(full)) throw new ArgumentException($"{full} is declared twice", nameof(path));
        Group(parts[..^1]).Add(parts[^1], space.Dataset);
        _objects.Add(full, space.Dataset);
        _spaces.Add(space);
    }

    /// <summary>Adds an attribute.</summary>
    public void Add(string path, string name, object value)
    {
        string full = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        if (_attributes.Exists(one => one.Path == full && one.Name == name)) throw new ArgumentException($"the attribute {name} of {path} is declared twice", nameof(name));
        _attributes.Add((full, name, value));
    }

    /// <summary>All of it for the library: whatever has attributes and is no dataset is a group.</summary>
    public H5File Build()
    {
        foreach ((string path, string name, object value) in _attributes)
        {
            if (!_objects.TryGetValue(path, out H5Object? of)) of = Group(path.Split('/'));
            of.Attributes.Add(name, value);
        }

        return _root;
    }

    private H5Group Group(string[] parts)
    {
        H5Group at = _root;
        string path = "";
        foreach (string part in parts)
        {
            path = path.Length == 0 ? part : $"{path}/{part}";
            if (!_objects.TryGetValue(path, out H5Object? next))
            {
                next = new H5Group();
                at.Add(part, next);
                _objects.Add(path, next);
            }

            at = next as H5Group ?? throw new ArgumentException($"{path} is a dataset, and so holds nothing else");
        }

        return at;
    }
}
