namespace Fmm.Files;

/// <summary>Fields into files of any form.</summary>
internal static class FieldFiles
{
    /// <summary>Checks that a field can be written in a form.</summary>
    /// <exception cref="ArgumentException">It can't.</exception>
    public static void Check(FieldData field, DataFormat format)
    {
        int count = field.Count, components = field.Components;
        if (components != (field.IsComplex ? 2 : components is 3 or 6 or 9 ? components : 1) || field.Potentials.Length != (long)count * field.Width)
            throw new ArgumentException($"a potential has 1, 3, 6 or 9 components, 2 where it is complex, and {field.Potentials.Length} numbers are none of {components} each", nameof(field));
        if (field.Gradients.Length != 0 && field.Gradients.Length != 3 * field.Potentials.Length)
            throw new ArgumentException($"gradients are {3L * field.Potentials.Length} numbers, not {field.Gradients.Length}", nameof(field));
        if (field.Vectors < 1) throw new ArgumentException($"there are fields of {field.Vectors} charge vectors; write 1 or more", nameof(field));
        if (Fault(format, field.Vectors) is string fault) throw new ArgumentException(fault, nameof(field));
        foreach (FieldPart part in field.Further)
        {
            if (field.Vectors > 1) throw new ArgumentException($"{part.Name}: it belongs to the field of one charge vector, and these are {field.Vectors}", nameof(field));
            if (components != 1) throw new ArgumentException($"{part.Name}: it belongs to a potential of one number, and this one has {components}", nameof(field));
            int numbers = field.Held(part.Array).Length;
            if (numbers != (long)part.Width * count)
                throw new ArgumentException($"{part.Name}: {numbers} numbers, not {(long)part.Width * count}: {part.Width} for each of {count} targets", nameof(field));
        }

        if (field.Targets.Length != 0 && field.Targets.Length != count)
            throw new ArgumentException($"there are {field.Targets.Length} targets for the potentials of {count}", nameof(field));
        if (format is DataFormat.Vtk && components > 3 && !field.Gradients.IsEmpty) throw new ArgumentException("legacy VTK has no arrays of a tensor's derivatives; take XDMF, HDF5, NPY, NPZ or CSV", nameof(field));
        if (IsDrawn(format) && field.Targets.Length != count)
            throw new ArgumentException($"{format.ToString().ToUpperInvariant()} draws the targets; give them", nameof(field));
    }

    /// <summary>The HDF5 file that holds the numbers of an XDMF file: the same name with the ending .h5.</summary>
    public static string Beside(string path) => Path.ChangeExtension(path, ".h5");

    /// <summary>True for forms that are written from their beginning to their end, and so into pipes, too.</summary>
    public static bool IsStreamed(DataFormat format) => format is not DataFormat.Hdf5 and not DataFormat.Xdmf;

    /// <summary>What keeps the fields of so many charge vectors out of a form; null where nothing does.</summary>
    public static string? Fault(DataFormat format, int vectors) => vectors > 1 && IsDrawn(format)
        ? $"{format.ToString().ToUpperInvariant()} draws the field of one charge vector, not of {vectors}; take HDF5, NPY, NPZ or CSV" : null;

    /// <summary>True for forms that ParaView draws.</summary>
    public static bool IsDrawn(DataFormat format) => format is DataFormat.Vtk or DataFormat.Xdmf;

    /// <summary>Writes a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="format">The form.</param>
    /// <param name="file">Where; its owner gives it its name.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="beside">Where XDMF's numbers go; null for other forms.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static void Write(FieldData field, DataFormat format, ReplacedFile file, string name, ReplacedFile? beside, CancellationToken cancellation)
    {
        switch (format)
        {
            case DataFormat.Hdf5:
                Hdf5Field.Write(field, file.Handle, name, cancellation);
                break;
            case DataFormat.Xdmf:
                Hdf5Field.Write(field, beside!.Handle, name, cancellation);
                using (StreamWriter text = new(file.Stream, leaveOpen: true)) XdmfField.Write(field, text, Path.GetFileName(beside!.Name));
                break;
            default:
                Write(field, format, file.Stream, cancellation);
                break;
        }
    }

    /// <summary>Writes a field from its beginning to its end.</summary>
    public static void Write(FieldData field, DataFormat format, Stream stream, CancellationToken cancellation)
    {
        switch (format)
        {
            case DataFormat.Csv:
                CsvField.Write(field, stream, cancellation);
                break;
            case DataFormat.Npy:
                NpyField.Write(field, stream, cancellation);
                break;
            case DataFormat.Npz:
                NpyField.WriteArchive(field, stream, cancellation);
                break;
            case DataFormat.Vtk:
                VtkField.Write(field, stream, cancellation);
                break;
            default:
                throw new ArgumentException($"{format} is not written from its beginning to its end", nameof(format));
        }
    }
}
