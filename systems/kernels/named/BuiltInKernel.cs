using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A built-in kernel known by name, for programs whose users choose one at run time: what it computes, its parameters, and a solver for it. A program that
/// knows its kernel writes <c>FmmSolver.Create(new Laplace())</c>, and nothing else is compiled in.
/// </summary>
public abstract class BuiltInKernel
{
    private protected BuiltInKernel(string formula, KernelParameter[] parameters, string[]? charges, bool isComplex)
    {
        Formula = formula;
        Parameters = parameters;
        IsComplex = isComplex;
        ChargeNames = charges ?? (isComplex ? ["q_re", "q_im"] : SourceComponents == 1 ? ["q"] : ["qx", "qy", "qz"]);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BuiltInKernel> All { get; } =
    [
        new BuiltInKernel<Laplace>("1/(4 pi r)", [], _ => default),
        new BuiltInKernel<Yukawa>("exp(-k r)/(4 pi r)", [new("k", null)], values => new Yukawa(values[0])),
        new BuiltInKernel<Stokes>("(I/r + r r^T/r^3)/(8 pi mu), 3 numbers a source and 3 a target", [new("mu", 1)], values => new Stokes(values[0])),
        new BuiltInKernel<Helmholtz>("exp(i k r)/(4 pi r), complex", [new("k", null)], values => new Helmholtz(values[0]), isComplex: true),
        new BuiltInKernel<DampedHelmholtz>("exp((i k - decay) r)/(4 pi r), complex", [new("k", null), new("decay", null)], values => new DampedHelmholtz(values[0], values[1]), isComplex: true),
        new BuiltInKernel<LaplaceDipole>("d.r/(4 pi r^3) of dipoles d", [], _ => default, ["dx", "dy", "dz"]),
        new BuiltInKernel<LaplaceChargeDipole>("(q + d.r/r^2)/(4 pi r) of charges q with dipoles d", [], _ => default, ["q", "dx", "dy", "dz"]),
        new BuiltInKernel<SoftenedGravity>("-constant/r, of a ball's within length", [new("length", null), new("constant", 1)], values => new SoftenedGravity(values[0], values[1])),
        new BuiltInKernel<StokesPressure>("f.r/(4 pi r^3), the pressure of forces f", [], _ => default),
        new BuiltInKernel<StokesStress>("-3 r r^T (f.r)/(4 pi r^5), the stress about forces f, 6 numbers a target", [], _ => default),
        new BuiltInKernel<StokesDoubleLayer>("3 r (r.S r)/(4 pi r^5) of symmetric tensors S, 6 numbers a source", [], _ => default, ["sxx", "sxy", "sxz", "syy", "syz", "szz"]),
        new BuiltInKernel<BiotSavart>("w x r/(4 pi r^3), the velocity of vortices w", [], _ => default),
    ];

    /// <summary>Its name, lower case.</summary>
    public abstract string Name { get; }

    /// <summary>Its formula with its factor.</summary>
    public string Formula { get; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<KernelParameter> Parameters { get; }

    /// <summary>Numbers a source carries.</summary>
    public abstract int SourceComponents { get; }

    /// <summary>Numbers of a target's potential.</summary>
    public abstract int PotentialComponents { get; }

    /// <summary>Whether charges and potentials are complex: two numbers each, real part first.</summary>
    public bool IsComplex { get; }

    /// <summary>What tables call a charge's numbers.</summary>
    public IReadOnlyList<string> ChargeNames { get; }

    /// <summary>The degree of homogeneity; null for a kernel with a length of its own.</summary>
    public abstract int? Degree { get; }

    /// <summary>Whether it is even, odd or neither.</summary>
    public abstract KernelParity Parity { get; }

    /// <summary>Whether it has second derivatives.</summary>
    public abstract bool HasHessian { get; }

    /// <summary>The kernel of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public static BuiltInKernel Named(string name) => All.FirstOrDefault(one => one.Name == name)
        ?? throw new ArgumentException($"there is no kernel '{name}'; choose one of {string.Join(", ", All.Select(one => one.Name))}.", nameof(name));

    /// <summary>The values of all parameters, in their order: those given, and the presets.</summary>
    /// <param name="given">Values by name.</param>
    /// <exception cref="ArgumentException">A name is not a parameter's, or a value is missing; the message says which.</exception>
    public double[] Values(IReadOnlyDictionary<string, double> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        foreach (string name in given.Keys.Where(name => Parameters.All(one => one.Name != name)))
        {
            string remedy = Parameters.Count == 0 ? "it takes none; leave it out" : $"it takes {string.Join(", ", Parameters.Select(one => one.Name))}";
            throw new ArgumentException($"{name}: the kernel {Name} has no such parameter; {remedy}.", nameof(given));
        }

        return [.. Parameters.Select(one => given.TryGetValue(one.Name, out double value) ? value : one.Preset
            ?? throw new ArgumentException($"the kernel {Name} needs its parameter {one.Name}; give {one.Name}=5, for example.", nameof(given)))];
    }

    /// <summary>Makes a solver.</summary>
    /// <param name="values">The parameters' values in their order.</param>
    /// <param name="options">What is asked for; null for all defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    public FmmSolver CreateSolver(ReadOnlySpan<double> values, FmmOptions? options = null) => Use(new SolverOfKernel(options, null), values);

    /// <summary>Makes a solver of all ranks: see <see cref="FmmSolver.Create{TKernel}(TKernel, FmmOptions, IRanks, IThreadDispatcher)"/>.</summary>
    /// <param name="values">The parameters' values in their order.</param>
    /// <param name="options">What is asked for; null for all defaults.</param>
    /// <param name="ranks">The ranks.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="RankFailedException">Another rank has other options or another kernel, or failed.</exception>
    public FmmSolver CreateSolver(ReadOnlySpan<double> values, FmmOptions? options, IRanks ranks) => Use(new SolverOfKernel(options, ranks), values);

    /// <summary>Does something with the kernel as the type that it is: what any generic method takes.</summary>
    /// <param name="use">What to do.</param>
    /// <param name="values">The parameters' values in their order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public abstract TResult Use<TResult>(IKernelUse<TResult> use, ReadOnlySpan<double> values)
        where TResult : class;
}
