using System.Reflection;
using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Systems;
using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>A field as HDF5: field/potential, field/gradient and further parts, what ran as attributes of the group field, targets where they are given.</summary>
internal static class Hdf5Field
{
    /// <summary>The group, and the names in it.</summary>
    public const string Group = "field", Potential = $"{Group}/potential", Gradient = $"{Group}/gradient", Places = $"{ArrayPoints.Group}/{ArrayPoints.Targets}";

    private const int SlabRows = 1 << 20;

    /// <summary>Writes it.</summary>
    public static void Write(FieldData field, SafeFileHandle file, string name, CancellationToken cancellation)
    {
        int count = field.Count, components = field.Width;
        using Hdf5Writer writer = Hdf5Writer.Into(file, name);
        Describe(field, writer);
        Hdf5Slabs<double> potential = writer.Slabs<double>(Potential, field.PotentialShape);
        Hdf5Slabs<double>? gradient = field.Gradients.IsEmpty ? null : writer.Slabs<double>(Gradient, field.GradientShape);
        (FieldPart Part, Hdf5Slabs<double> Slabs)[] further = [.. field.Further.Select(part => (part, writer.Slabs<double>($"{Group}/{part.Name}", [count, part.Width])))];
        Hdf5Slabs<double>? targets = field.Targets.IsEmpty ? null : writer.Slabs<double>(Places, [count, 3]);
        for (int first = 0; first < count; first += SlabRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(SlabRows, count - first);
            potential.Append(field.Potentials.Span.Slice(components * first, components * rows));
            gradient?.Append(field.Gradients.Span.Slice(3 * components * first, 3 * components * rows));
            foreach ((FieldPart part, Hdf5Slabs<double> slabs) in further) slabs.Append(part.Values.Span.Slice(part.Width * first, part.Width * rows));
            targets?.Append(MemoryMarshal.Cast<Position, double>(field.Targets.Span.Slice(first, rows)));
        }

        writer.Save();
    }

    private static void Describe(FieldData field, Hdf5Writer writer)
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
