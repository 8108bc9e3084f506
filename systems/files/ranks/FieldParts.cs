using System.Globalization;

namespace Fmm.Files;

/// <summary>
/// A field in parts: a file of each rank beside an index that names them, all HDF5. The index has what ran as attributes of the group field, and a group parts/K a part: file, first, rows. It is
/// written last, so that it never names what is not there.
/// </summary>
internal sealed class FieldParts : IDisposable
{
    /// <summary>The group of the parts in the index.</summary>
    public const string Group = "parts";

    private readonly string _path;
    private readonly int _rank;
    private readonly ReplacedFile _part;
    private readonly ReplacedFile? _index;
    private bool _isNamed;
    private bool _isWhole;

    private FieldParts(string path, int rank, ReplacedFile part, ReplacedFile? index)
    {
        _path = path;
        _rank = rank;
        _part = part;
        _index = index;
    }

    /// <summary>The file of a part: field.3.h5 beside field.h5.</summary>
    public static string Name(string index, int rank) => Path.ChangeExtension(index, string.Create(CultureInfo.InvariantCulture, $"{rank}{Path.GetExtension(index)}"));

    /// <summary>Opens a rank's files.</summary>
    /// <param name="path">The index.</param>
    /// <param name="rank">The rank; 0 has the index, too.</param>
    /// <param name="outputs">Who cleans up where a signal ends the process.</param>
    /// <exception cref="DataFileException">One can't be written there.</exception>
    public static FieldParts Open(string path, int rank, OpenOutputs outputs)
    {
        ReplacedFile part = new(Name(path, rank), outputs);
        try
        {
            return new FieldParts(path, rank, part, rank == 0 ? new ReplacedFile(path, outputs) : null);
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <summary>Writes the part, and on rank 0 the index; neither has its name yet.</summary>
    /// <param name="field">This rank's rows.</param>
    /// <param name="counts">Rows of each rank.</param>
    /// <param name="cancellation">Ends it early.</param>
    public void Write(FieldData field, long[] counts, CancellationToken cancellation)
    {
        long first = counts.Take(_rank).Sum();
        Hdf5Field.Write(field, _part.Handle, _part.Name, cancellation, [("part", _rank), ("parts", counts.Length), ("first_row", first)]);
        if (_index is null) return;
        using Hdf5Writer writer = Hdf5Writer.Into(_index.Handle, _index.Name);
        Hdf5Field.Describe(field, writer);
        writer.Attribute(Hdf5Field.Group, "parts", counts.Length);
        writer.Attribute(Hdf5Field.Group, "rows", counts.Sum());
        first = 0;
        for (int part = 0; part < counts.Length; part++)
        {
            string group = string.Create(CultureInfo.InvariantCulture, $"{Group}/{part}");
            writer.Attribute(group, "file", Path.GetFileName(Name(_path, part)));
            writer.Attribute(group, "first_row", first);
            writer.Attribute(group, "rows", counts[part]);
            first += counts[part];
        }

        writer.Save();
    }

    /// <summary>Gives the part its name.</summary>
    public void NamePart()
    {
        _part.Commit();
        _isNamed = true;
    }

    /// <summary>Gives the index its name, once all parts have theirs.</summary>
    public void NameIndex() => _index?.Commit();

    /// <summary>The index has its name: the parts stay.</summary>
    public void Keep() => _isWhole = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        _index?.Dispose();
        _part.Dispose();
        if (_isNamed && !_isWhole) File.Delete(_part.Name);
        _isNamed = false;
    }
}
