using System.Reflection;
using PureHDF;

namespace Fmm.Files;

/// <summary>Which of our kinds a type of the file is.</summary>
internal static class Hdf5Kinds
{
    /// <summary>The kind of a type's elements.</summary>
    public static ElementKind Of(IH5DataType type) => (type.Class, type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 4) => ElementKind.Single,
        (H5DataTypeClass.FloatingPoint, 8) => ElementKind.Double,
        (H5DataTypeClass.FixedPoint, _) => Whole(type),
        (H5DataTypeClass.Enumerated, _) => Of(type.Enumeration.BaseType),
        (H5DataTypeClass.Compound, 8) => Pair(type, ElementKind.Single, ElementKind.ComplexSingle),
        (H5DataTypeClass.Compound, 16) => Pair(type, ElementKind.Double, ElementKind.ComplexDouble),
        (H5DataTypeClass.String, _) => ElementKind.Text,
        (H5DataTypeClass.VariableLength, _) => ElementKind.Text,
        _ => ElementKind.Other,
    };

    /// <summary>What users are told of a kind.</summary>
    public static Hdf5Type Public(ElementKind kind) => kind switch
    {
        ElementKind.Single => Hdf5Type.Single,
        ElementKind.Double => Hdf5Type.Double,
        ElementKind.Int8 or ElementKind.UInt8 or ElementKind.Int16 or ElementKind.UInt16 or ElementKind.Int32 => Hdf5Type.Int32,
        ElementKind.UInt32 or ElementKind.Int64 or ElementKind.UInt64 => Hdf5Type.Int64,
        ElementKind.ComplexSingle => Hdf5Type.ComplexSingle,
        ElementKind.ComplexDouble => Hdf5Type.ComplexDouble,
        ElementKind.Text => Hdf5Type.Text,
        _ => Hdf5Type.Other,
    };

    /// <summary>
    /// True for numbers whose first byte is the highest. PureHDF 2.2.0 tells nobody: it refuses to read them as numbers, but not as
    /// parts of a compound, which would come out as other numbers.
    /// </summary>
    public static bool IsBigEndian(IH5DataType type) => type.Class switch
    {
        H5DataTypeClass.Compound => type.Compound.Members.Any(member => IsBigEndian(member.Type)),
        H5DataTypeClass.Enumerated => IsBigEndian(type.Enumeration.BaseType),
        H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint => OrderOf(type) is not "LittleEndian",
        _ => false,
    };

    private static ElementKind Whole(IH5DataType type) => (type.Size, type.FixedPoint.IsSigned) switch
    {
        (1, true) => ElementKind.Int8,
        (1, false) => ElementKind.UInt8,
        (2, true) => ElementKind.Int16,
        (2, false) => ElementKind.UInt16,
        (4, true) => ElementKind.Int32,
        (4, false) => ElementKind.UInt32,
        (8, true) => ElementKind.Int64,
        (8, false) => ElementKind.UInt64,
        _ => ElementKind.Other,
    };

    private static ElementKind Pair(IH5DataType type, ElementKind part, ElementKind whole) =>
        type.Compound.Members is [{ Name: "r", Offset: 0 } real, { Name: "i" } imaginary]
            && imaginary.Offset == type.Size / 2 && Of(real.Type) == part && Of(imaginary.Type) == part ? whole : ElementKind.Other;

    private static string? OrderOf(IH5DataType type)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        object? message = type.GetType().GetField("_dataType", Any)?.GetValue(type);
        object? bits = message?.GetType().GetProperty("BitField", Any)?.GetValue(message);
        return bits?.GetType().GetProperty("ByteOrder", Any)?.GetValue(bits)?.ToString();
    }
}
