using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A kernel that the command line knows by name.</summary>
internal sealed class KernelChoice
{
    private static readonly KernelChoice[] _known =
    [
        Of<Laplace>("1/(4 pi r)", [], _ => default),
        Of("exp(-k r)/(4 pi r)", [("k", null)], values => new Yukawa(values[0])),
        Of("(I/r + r r^T/r^3)/(8 pi mu), 3 numbers a source and 3 a target", [("mu", 1)], values => new Stokes(values[0])),
        Of("exp(i k r)/(4 pi r), complex", [("k", null)], values => new Helmholtz(values[0]), isComplex: true),
        Of("exp((i k - decay) r)/(4 pi r), complex", [("k", null), ("decay", null)], values => new DampedHelmholtz(values[0], values[1]), isComplex: true),
        Of<LaplaceDipole>("d.r/(4 pi r^3) of dipoles d", [], _ => default, charges: ["dx", "dy", "dz"]),
        Of<LaplaceChargeDipole>("(q + d.r/r^2)/(4 pi r) of charges q with dipoles d", [], _ => default, charges: ["q", "dx", "dy", "dz"]),
        Of("-constant/r, of a ball's within length", [("length", null), ("constant", 1)], values => new SoftenedGravity(values[0], values[1])),
        Of<StokesPressure>("f.r/(4 pi r^3), the pressure of forces f", [], _ => default),
        Of<StokesStress>("-3 r r^T (f.r)/(4 pi r^5), the stress about forces f, 6 numbers a target", [], _ => default),
        Of<StokesDoubleLayer>("3 r (r.S r)/(4 pi r^5) of symmetric tensors S, 6 numbers a source", [], _ => default, charges: ["sxx", "sxy", "sxz", "syy", "syz", "szz"]),
        Of<BiotSavart>("w x r/(4 pi r^3), the velocity of vortices w", [], _ => default),
    ];

    private readonly string _name;
    private readonly (string Name, double? Preset)[] _parameters;
    private readonly string _formula;
    private readonly Func<double[], FmmOptions, FmmSolver> _create;
    private readonly Func<double[], FmmOptions, long, long?, MemoryEstimate> _estimate;
    private readonly Action<double[], FmmOptions, double, int, CancellationToken> _prepare;

    private KernelChoice(
        string name, (string Name, double? Preset)[] parameters, string formula, int sourceComponents, int potentialComponents, string[]? charges, bool isComplex,
        Func<double[], FmmOptions, FmmSolver> create, Func<double[], FmmOptions, long, long?, MemoryEstimate> estimate,
        Action<double[], FmmOptions, double, int, CancellationToken> prepare)
    {
        _name = name;
        _parameters = parameters;
        _formula = formula;
        SourceComponents = sourceComponents;
        PotentialComponents = potentialComponents;
        IsComplex = isComplex;
        Charges = charges ?? (isComplex ? ["q_re", "q_im"] : sourceComponents == 1 ? ["q"] : ["qx", "qy", "qz"]);
        _create = create;
        _estimate = estimate;
        _prepare = prepare;
    }

    /// <summary>The names.</summary>
    public static string[] Names => [.. _known.Select(kernel => kernel._name)];

    /// <summary>Names, formulas and parameters for the help text.</summary>
    public static string Help => string.Join("; ", _known.Select(kernel =>
        $"{kernel._name}, {kernel._formula}{string.Concat(kernel._parameters.Select(one => $", with --parameter {one.Name}={(one.Preset is double preset ? $"VALUE (default {preset})" : "VALUE")}"))}"));

    /// <summary>Its name.</summary>
    public string Name => _name;

    /// <summary>The parameters' names, and their values where none are given; null where one must be.</summary>
    public IReadOnlyList<(string Name, double? Preset)> Parameters => _parameters;

    /// <summary>The degree of homogeneity; null for a kernel with a length of its own.</summary>
    public int? Degree { get; private init; }

    /// <summary>Whether it is even, odd or neither.</summary>
    public KernelParity Parity { get; private init; }

    /// <summary>Whether it has a gradient; found by asking for one, which most commands do not.</summary>
    public Func<bool> HasGradient { get; private init; } = () => false;

    /// <summary>Whether it has second derivatives.</summary>
    public bool HasHessian { get; private init; }

    /// <summary>Holds it to what it declares, with parameters of 1 where none are preset; empty for a sound one.</summary>
    public Func<IReadOnlyList<KernelFinding>> Check { get; private init; } = () => [];

    /// <summary>Its formula with its factor.</summary>
    public string Formula => _formula;

    /// <summary>Numbers a source carries.</summary>
    public int SourceComponents { get; }

    /// <summary>Numbers of a target's potential.</summary>
    public int PotentialComponents { get; }

    /// <summary>Whether charges and potentials are complex, real part first.</summary>
    public bool IsComplex { get; }

    /// <summary>What tables call a charge's numbers.</summary>
    public string[] Charges { get; }

    /// <summary>The kernel of a name out of <see cref="Names"/>.</summary>
    public static KernelChoice Named(string name) => _known.Single(kernel => kernel._name == name);

    /// <summary>Finds what makes a solver for the settings' kernel and checks its parameters.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static Func<FmmOptions, FmmSolver> Of(FieldSettings settings)
    {
        KernelChoice kernel = Named(settings.Kernel);
        double[] values = kernel.Values(settings);
        return options => InRange(() => kernel._create(values, options));
    }

    /// <summary>The memory that a run with the settings' kernel will take.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static MemoryEstimate EstimateOf(FieldSettings settings, FmmOptions options, long sources, long? targets)
    {
        KernelChoice kernel = Named(settings.Kernel);
        double[] values = kernel.Values(settings);
        return InRange(() => kernel._estimate(values, options, sources, targets));
    }

    /// <summary>Makes the operators of the settings' kernel, for points of an extent and a tree of a depth.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static void Prepare(FieldSettings settings, FmmOptions options, double extent, int depth, CancellationToken cancellation)
    {
        KernelChoice kernel = Named(settings.Kernel);
        double[] values = kernel.Values(settings);
        InRange(() =>
        {
            kernel._prepare(values, options, extent, depth, cancellation);
            return true;
        });
    }

    private static KernelChoice Of<TKernel>(
        string formula, (string Name, double? Preset)[] parameters, Func<double[], TKernel> make, string[]? charges = null, bool isComplex = false)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        return new(
            TKernel.Name, parameters, formula, TKernel.SourceComponents, TKernel.PotentialComponents, charges, isComplex,
            (values, options) => FmmSolver.Create(make(values), options),
            (values, options, sources, targets) => MemoryEstimate.Of(make(values), options, sources, targets),
            (values, options, extent, depth, cancellation) => OperatorPreparation.Run(make(values), options, extent, depth, null, cancellation))
        {
            Degree = TKernel.Degree,
            Parity = TKernel.Parity,
            HasGradient = () => HasGradientOf(Usual()),
            HasHessian = TKernel.HasHessian,
            Check = () => KernelCheck.Run(Usual(), HasGradientOf(Usual())),
        };

        TKernel Usual() => make([.. parameters.Select(one => one.Preset ?? 1)]);
    }

    // A kernel without one says so when it is asked.
    private static bool HasGradientOf<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        try
        {
            TKernel.EvaluateGradient(kernel, 1, 0.5, 0.25, new double[3 * TKernel.PotentialComponents * TKernel.SourceComponents]);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private double[] Values(FieldSettings settings)
    {
        string[] parameters = [.. _parameters.Select(one => one.Name)];
        foreach (string given in settings.Parameters.Keys.Where(given => !parameters.Contains(given)))
        {
            string remedy = parameters.Length == 0 ? "it takes none; leave the option out" : $"it takes {string.Join(", ", parameters)}";
            throw new InputException($"--parameter {given}: the kernel {_name} has no such parameter; {remedy}");
        }

        return [.. _parameters.Select(one =>
            settings.Parameters.TryGetValue(one.Name, out double value) ? value : one.Preset
                ?? throw new InputException($"--kernel {_name} needs its parameter {one.Name}; add --parameter {one.Name}=5, for example"))];
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
