namespace Fmm.Files;

/// <summary>A part of a field that some runs have and others not: a block of columns, or an array by itself.</summary>
/// <param name="Array">Which numbers.</param>
/// <param name="Name">Its name as a dataset.</param>
/// <param name="Columns">The names of its columns.</param>
internal sealed record FieldPart(FieldArray Array, string Name, string[] Columns)
{
    /// <summary>Numbers a target.</summary>
    public int Width => Columns.Length;

    /// <summary>Whether it is a symmetric matrix, xx, xy, xz, yy, yz, zz, where it is no vector.</summary>
    public bool IsMatrix => Width == 6;
}
