using System.Reflection;
using Fmm.Systems;
using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>A field as HDF5: field/potential, field/gradient and further parts, what ran as attributes of the group field, targets where they are given.</summary>
internal static class Hdf5Field
{
    /// <summary>The group, and the names in it.</summary>
    public const string Group = "field", Potential = $"{Group}/potential", Gradient = $"{Group}/gradient", Places = $"{ArrayPoints.Group}/{ArrayPoints.Targets}";

    private const int SlabBytes = 1 << 23;

    /// <summary>Writes it.</summary>
    /// <param name="field">The field.</param>
    /// <param name="file">Where; its owner gives it its name.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="further">Further attributes of the group.</param>
    public static void Write(FieldData field, SafeFileHandle file, string name, CancellationToken cancellation, (string Name, long Value)[]? further = null)
    {
        using Hdf5Writer writer = Hdf5Writer.Into(file, name);
        Describe(field, writer);
        foreach ((string attribute, long value) in further ?? []) writer.Attribute(Group, attribute, value);
        List<(FieldArray Array, Hdf5Slabs<double> Slabs)> arrays = [(FieldArray.Potential, writer.Slabs<double>(Potential, field.PotentialShape))];
        if (field.Has(FieldArray.Gradient)) arrays.Add((FieldArray.Gradient, writer.Slabs<double>(Gradient, field.GradientShape)));
        foreach (FieldPart part in field.Further) arrays.Add((part.Array, writer.Slabs<double>($"{Group}/{part.Name}", [field.Rows, part.Width])));
        if (field.Has(FieldArray.Target)) arrays.Add((FieldArray.Target, writer.Slabs<double>(Places, [field.Rows, 3])));
        int most = Math.Max(1, SlabBytes / sizeof(double) / arrays.Max(one => field.WidthOf(one.Array)));
        foreach ((long first, int rows) in field.Pieces(most, cancellation))
            foreach ((FieldArray array, Hdf5Slabs<double> slabs) in arrays) slabs.Append(field.Read(array, first, rows));

        writer.Save();
    }

    /// <summary>Tells what ran.</summary>
    public static void Describe(FieldData field, Hdf5Writer writer)
    {
        writer.Attribute("/", "created_by", "Fmm Engine");
        writer.Attribute(Group, "version", typeof(FieldData).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "");
        if (field.Report is FmmReport report)
        {
            writer.Attribute(Group, "kernel", report.Kernel);
            writer.Attribute(Group, "parameters", report.Parameters);
            writer.Attribute(Group, "order", report.Order);
            writer.Attribute(Group, "precision", report.Precision == Precision.Single ? "single" : "double");
        }

        if (field.Normalisation is string formula) writer.Attribute(Group, "normalisation", formula);
        if (field.Error is not FieldError error) return;
        if (error.HessianL2 is double second) writer.Attribute(Group, "error_hessian_l2", second);
        writer.Attribute(Group, "error_potential_l2", error.PotentialL2);
        writer.Attribute(Group, "error_potential_linf", error.PotentialLinf);
        if (error.GradientL2 is double slope) writer.Attribute(Group, "error_gradient_l2", slope);
        writer.Attribute(Group, "error_samples", (long)error.Samples);
    }
}
