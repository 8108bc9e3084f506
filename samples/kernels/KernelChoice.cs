using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A kernel that the command line knows by name, and what commands do with it.</summary>
internal sealed class KernelChoice
{
    private readonly BuiltInKernel _kernel;

    private KernelChoice(BuiltInKernel kernel) => _kernel = kernel;

    /// <summary>The names.</summary>
    public static string[] Names => [.. BuiltInKernel.All.Select(kernel => kernel.Name)];

    /// <summary>Names, formulas and parameters for the help text.</summary>
    public static string Help => string.Join("; ", BuiltInKernel.All.Select(kernel =>
        $"{kernel.Name}, {kernel.Formula}{string.Concat(kernel.Parameters.Select(one => $", with --parameter {one.Name}={(one.Preset is double preset ? $"VALUE (default {preset})" : "VALUE")}"))}"));

    /// <summary>Its name.</summary>
    public string Name => _kernel.Name;

    /// <summary>The parameters' names, and their values where none are given; null where one must be.</summary>
    public IReadOnlyList<KernelParameter> Parameters => _kernel.Parameters;

    /// <summary>The degree of homogeneity; null for a kernel with a length of its own.</summary>
    public int? Degree => _kernel.Degree;

    /// <summary>Whether it is even, odd or neither.</summary>
    public KernelParity Parity => _kernel.Parity;

    /// <summary>Whether it has a gradient; found by asking for one, which most commands do not.</summary>
    public bool HasGradient => _kernel.Use(new GradientOfKernel(), Usual).HasGradient;

    /// <summary>Whether it has second derivatives.</summary>
    public bool HasHessian => _kernel.HasHessian;

    /// <summary>Its formula with its factor.</summary>
    public string Formula => _kernel.Formula;

    /// <summary>Numbers a source carries.</summary>
    public int SourceComponents => _kernel.SourceComponents;

    /// <summary>Numbers of a target's potential.</summary>
    public int PotentialComponents => _kernel.PotentialComponents;

    /// <summary>Whether charges and potentials are complex, real part first.</summary>
    public bool IsComplex => _kernel.IsComplex;

    /// <summary>What tables call a charge's numbers.</summary>
    public string[] Charges => [.. _kernel.ChargeNames];

    // Parameters of 1 where none are preset.
    private double[] Usual => [.. Parameters.Select(one => one.Preset ?? 1)];

    /// <summary>The kernel of a name out of <see cref="Names"/>.</summary>
    public static KernelChoice Named(string name) => new(BuiltInKernel.Named(name));

    /// <summary>Holds it to what it declares, with parameters of 1 where none are preset; empty for a sound one.</summary>
    public IReadOnlyList<KernelFinding> Check() => _kernel.Use(new CheckOfKernel(HasGradient), Usual);

    /// <summary>Finds what makes a solver for the settings' kernel and checks its parameters.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static Func<FmmOptions, FmmSolver> Of(FieldSettings settings)
    {
        KernelChoice kernel = Named(settings.Kernel);
        double[] values = kernel.Values(settings);
        return options => InRange(() => kernel._kernel.CreateSolver(values, options));
    }

    /// <summary>The memory that a run with the settings' kernel will take.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static MemoryEstimate EstimateOf(FieldSettings settings, FmmOptions options, long sources, long? targets)
    {
        KernelChoice kernel = Named(settings.Kernel);
        double[] values = kernel.Values(settings);
        return InRange(() => kernel._kernel.Use(new EstimateOfKernel(options, sources, targets), values));
    }

    /// <summary>Makes the operators of the settings' kernel, for points of an extent and a tree of a depth.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static void Prepare(FieldSettings settings, FmmOptions options, double extent, int depth, CancellationToken cancellation)
    {
        KernelChoice kernel = Named(settings.Kernel);
        double[] values = kernel.Values(settings);
        InRange(() => kernel._kernel.Use(new PreparationOfKernel(options, extent, depth, cancellation), values));
    }

    private double[] Values(FieldSettings settings)
    {
        string[] parameters = [.. Parameters.Select(one => one.Name)];
        foreach (string given in settings.Parameters.Keys.Where(given => !parameters.Contains(given)))
        {
            string remedy = parameters.Length == 0 ? "it takes none; leave the option out" : $"it takes {string.Join(", ", parameters)}";
            throw new InputException($"--parameter {given}: the kernel {Name} has no such parameter; {remedy}");
        }

        return [.. Parameters.Select(one =>
            settings.Parameters.TryGetValue(one.Name, out double value) ? value : one.Preset
                ?? throw new InputException($"--kernel {Name} needs its parameter {one.Name}; add --parameter {one.Name}=5, for example"))];
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
