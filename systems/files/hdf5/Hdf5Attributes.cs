using System.Globalization;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fmm.Files;

/// <summary>The attributes of a group or a dataset, by their names.</summary>
public sealed class Hdf5Attributes
{
    private readonly Hdf5File _file;
    private readonly string _path;
    private readonly Dictionary<string, IH5Attribute> _all;

    internal Hdf5Attributes(Hdf5File file, string path, NativeObject of)
    {
        _file = file;
        _path = path;
        _all = Hdf5Faults.Reading(file.Name, path, () => of.Attributes().ToDictionary(one => one.Name, StringComparer.Ordinal));
        Names = [.. _all.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>All names, sorted.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True where there is an attribute of this name.</summary>
    public bool Contains(string name) => _all.ContainsKey(name);

    /// <summary>What an attribute is of.</summary>
    internal ElementKind Kind(string name) => Hdf5Kinds.Of(Of(name).Type);

    /// <summary>An attribute's text.</summary>
    /// <exception cref="DataFileException">There is none of this name, or it is no text.</exception>
    public string Text(string name) => Read(name, one => Hdf5Kinds.Of(one.Type) == ElementKind.Text ? one.Read<string>() : throw Refuse(name, "is no text"));

    /// <summary>An attribute's number.</summary>
    /// <exception cref="DataFileException">There is none of this name, or it is not one real number.</exception>
    public double Number(string name) => Numbers(name) is [double one] ? one : throw Refuse(name, "is not one number");

    /// <summary>An attribute's whole number.</summary>
    /// <exception cref="DataFileException">There is none of this name, or it is not one whole number.</exception>
    public long Integer(string name) => Values<long>(name) is [long one] ? one : throw Refuse(name, "is not one whole number");

    /// <summary>An attribute's numbers, in the order of the file.</summary>
    /// <exception cref="DataFileException">There is none of this name, or they are no real numbers.</exception>
    public double[] Numbers(string name) => Values<double>(name);

    /// <summary>An attribute for people: its text, or its numbers in the shortest form.</summary>
    /// <exception cref="DataFileException">There is none of this name, or it can't be read.</exception>
    public string Shown(string name) => Hdf5Kinds.Of(Of(name).Type) switch
    {
        ElementKind.Text => Text(name),
        ElementKind.Other or ElementKind.ComplexSingle or ElementKind.ComplexDouble => "(of a type that is not read here)",
        ElementKind.Single or ElementKind.Double => string.Join(", ", Numbers(name).Select(one => one.ToString(CultureInfo.InvariantCulture))),
        _ => string.Join(", ", Values<long>(name).Select(one => one.ToString(CultureInfo.InvariantCulture))),
    };

    private IH5Attribute Of(string name) => _all.TryGetValue(name, out IH5Attribute? one) ? one
        : throw Refuse(name, $"is missing; there {(Names.Count == 0 ? "are none" : $"are {string.Join(", ", Names)}")}");

    private DataFileException Refuse(string name, string reason) => new(_file.Name, $"{_path}: the attribute {name} {reason}");

    private T Read<T>(string name, Func<IH5Attribute, T> read)
    {
        IH5Attribute one = Of(name);
        return Hdf5Faults.Reading(_file.Name, $"{_path}, attribute {name}", () => read(one));
    }

    private T[] Values<T>(string name)
        where T : unmanaged => Read(name, one =>
        {
            ElementKind kind = Hdf5Kinds.Of(one.Type);
            return kind switch
            {
                ElementKind.Int8 => Values<sbyte, T>(kind, one),
                ElementKind.UInt8 => Values<byte, T>(kind, one),
                ElementKind.Int16 => Values<short, T>(kind, one),
                ElementKind.UInt16 => Values<ushort, T>(kind, one),
                ElementKind.Int32 => Values<int, T>(kind, one),
                ElementKind.UInt32 => Values<uint, T>(kind, one),
                ElementKind.Int64 => Values<long, T>(kind, one),
                ElementKind.UInt64 => Values<ulong, T>(kind, one),
                ElementKind.Single => Values<float, T>(kind, one),
                ElementKind.Double => Values<double, T>(kind, one),
                _ => throw Refuse(name, "holds no real numbers"),
            };
        });

    private static unsafe T[] Values<TFrom, T>(ElementKind kind, IH5Attribute one)
        where TFrom : unmanaged
        where T : unmanaged
    {
        TFrom[] from = one.Read<TFrom[]>();
        T[] to = new T[from.Length];
        fixed (TFrom* first = from)
        {
            fixed (T* target = to) ElementCopy.Copy(kind, (byte*)first, from.Length, target, to.Length, 1, to.Length);
        }

        return to;
    }
}
