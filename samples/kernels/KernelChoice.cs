using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>What commands do with a kernel that the command line names.</summary>
internal static class KernelChoice
{
    /// <summary>The names.</summary>
    public static string[] Names => [.. BuiltInKernel.All.Select(kernel => kernel.Name)];

    /// <summary>Names, formulas and parameters for the help text.</summary>
    public static string Help => string.Join("; ", BuiltInKernel.All.Select(kernel =>
        $"{kernel.Name}, {kernel.Formula}{string.Concat(kernel.Parameters.Select(one => $", with --parameter {one.Name}={(one.Preset is double preset ? $"VALUE (default {preset})" : "VALUE")}"))}"));

    /// <summary>Whether a kernel has a gradient; found by asking for one, which most commands do not.</summary>
    public static bool HasGradient(BuiltInKernel kernel) => kernel.Use(new GradientOfKernel(), Usual(kernel)).HasGradient;

    /// <summary>Holds a kernel to what it declares, with parameters of 1 where none are preset; empty for a sound one.</summary>
    public static IReadOnlyList<KernelFinding> Check(BuiltInKernel kernel) => kernel.Use(new CheckOfKernel(HasGradient(kernel)), Usual(kernel));

    /// <summary>Finds what makes a solver for the settings' kernel and checks its parameters.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="ranks">The ranks that the solver is of; null for one alone.</param>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static Func<FmmOptions, FmmSolver> Of(FieldSettings settings, IRanks? ranks = null)
    {
        BuiltInKernel kernel = BuiltInKernel.Named(settings.Kernel);
        double[] values = Values(kernel, settings);
        return options => InRange(() => ranks is null ? kernel.CreateSolver(values, options) : kernel.CreateSolver(values, options, ranks));
    }

    /// <summary>The memory that a run with the settings' kernel will take.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static MemoryEstimate EstimateOf(FieldSettings settings, FmmOptions options, long sources, long? targets)
    {
        BuiltInKernel kernel = BuiltInKernel.Named(settings.Kernel);
        double[] values = Values(kernel, settings);
        return InRange(() => kernel.Use(new EstimateOfKernel(options, sources, targets), values));
    }

    /// <summary>Makes the operators of the settings' kernel, for points of an extent and a tree of a depth.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static void Prepare(FieldSettings settings, FmmOptions options, double extent, int depth, CancellationToken cancellation)
    {
        BuiltInKernel kernel = BuiltInKernel.Named(settings.Kernel);
        double[] values = Values(kernel, settings);
        InRange(() => kernel.Use(new PreparationOfKernel(options, extent, depth, cancellation), values));
    }

    // Parameters of 1 where none are preset.
    private static double[] Usual(BuiltInKernel kernel) => [.. kernel.Parameters.Select(one => one.Preset ?? 1)];

    private static double[] Values(BuiltInKernel kernel, FieldSettings settings)
    {
        string[] parameters = [.. kernel.Parameters.Select(one => one.Name)];
        foreach (string given in settings.Parameters.Keys.Where(given => !parameters.Contains(given)))
        {
            string remedy = parameters.Length == 0 ? "it takes none; leave the option out" : $"it takes {string.Join(", ", parameters)}";
            throw new InputException($"--parameter {given}: the kernel {kernel.Name} has no such parameter; {remedy}");
        }

        return [.. kernel.Parameters.Select(one =>
            settings.Parameters.TryGetValue(one.Name, out double value) ? value : one.Preset
                ?? throw new InputException($"--kernel {kernel.Name} needs its parameter {one.Name}; add --parameter {one.Name}=5, for example"))];
    }

    private static T InRange<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new InputException($"--parameter {fault.ParamName}: {fault.Message.Split(" (Parameter")[0]}", fault);
        }
        catch (FmmOptionException fault)
        {
            throw FieldRun.Refusal(fault);
        }
    }
}
