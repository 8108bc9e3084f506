using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The command's way to the engine: settings to a solver, a solver's report to a summary.</summary>
public sealed class FieldRun
{
    private readonly IRanks _ranks;
    private readonly FieldSettings _settings;
    private readonly FmmOptions _options;
    private readonly Func<FmmOptions, FmmSolver> _create;

    private readonly int _potentialComponents;
    private readonly bool _isComplex;

    private FieldRun(FieldSettings settings, FmmOptions options, BuiltInKernel kernel, Func<FmmOptions, FmmSolver> create, IRanks ranks)
    {
        _ranks = ranks;
        _settings = settings;
        _options = options;
        _create = create;
        _potentialComponents = kernel.PotentialComponents;
        SourceComponents = kernel.SourceComponents * settings.Vectors;
        ChargeColumns = PointRequest.OfVectors([.. kernel.ChargeNames], settings.Vectors);
        _isComplex = kernel.IsComplex;
    }

    /// <summary>Numbers a source carries, of all charge vectors together.</summary>
    public int SourceComponents { get; }

    /// <summary>What tables call them.</summary>
    public IReadOnlyList<string> ChargeColumns { get; }

    /// <summary>Checks the settings and readies a run.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="ranks">The ranks that compute together; null for one alone.</param>
    /// <exception cref="InputException">A setting can't be used.</exception>
    public static FieldRun Create(FieldSettings settings, IRanks? ranks = null)
    {
        ranks ??= new OneRank();
        BuiltInKernel kernel = BuiltInKernel.Named(settings.Kernel);
        if (settings.Force && (kernel.SourceComponents, kernel.PotentialComponents) != (1, 1))
        {
            throw new InputException(
                $"{FieldSettings.ForceOption}: a force is a charge times a gradient, and {settings.Kernel} has {kernel.SourceComponents} numbers a source and {kernel.PotentialComponents} a target; take --gradient");
        }

        if (settings.Vectors > 1 && (settings.Force || settings.Hessian))
            throw new InputException($"{(settings.Force ? FieldSettings.ForceOption : FieldSettings.HessianOption)} is of one charge vector, not of {settings.Vectors}; take --gradient, or leave {FieldSettings.VectorsOption} out");

        return new FieldRun(settings, Options(settings), kernel, KernelChoice.Of(settings, ranks), ranks);
    }

    /// <summary>The settings as the engine's options.</summary>
    /// <exception cref="InputException">A setting can't be used.</exception>
    public static FmmOptions Options(FieldSettings settings)
    {
        FmmOptions options = new()
        {
            Order = settings.Order,
            Tolerance = settings.Tolerance,
            LeafCapacity = settings.Leaf,
            MaxLevel = settings.MaxLevel,
            Surfaces = SurfaceRatios.Standard with
            {
                Inner = settings.AlphaInner ?? SurfaceRatios.Standard.Inner,
                Outer = settings.AlphaOuter ?? SurfaceRatios.Standard.Outer,
            },
            Precision = settings.InSingle ? Precision.Single : Precision.Double,
            Gradient = settings.Gradient || settings.Force,
            Hessian = settings.Hessian,
            Threads = settings.Threads ?? Environment.ProcessorCount,
            Transfer = settings.Transfer == "auto" ? null : Enum.Parse<TransferStrategy>(settings.Transfer, ignoreCase: true),
            OperatorStore = settings.Operators,
            Periodic = settings.Periodic,
            Rank = settings.Rank,
            LowRank = new LowRankOptions { Tolerance = settings.RankTolerance },
            RootPrecision = settings.FullDigits ? RootPrecision.Full : RootPrecision.AsOrder,
        };
        _ = Machine.Choice();
        try
        {
            options.Validate();
        }
        catch (FmmOptionException fault)
        {
            throw Refusal(fault);
        }

        return options;
    }

    /// <summary>What a refused option is in the command's words.</summary>
    internal static InputException Refusal(FmmOptionException fault)
    {
        string option = fault.Option switch
        {
            nameof(FmmOptions.LeafCapacity) => "leaf",
            nameof(FmmOptions.MaxLevel) => "max-level",
            nameof(FmmOptions.Surfaces) => "alpha-inner and --alpha-outer",
            $"{nameof(FmmOptions.LowRank)}.{nameof(LowRankOptions.Tolerance)}" => "rank-tolerance",
            string name => name.ToLowerInvariant(),
        };
        return new InputException($"--{option}: {fault.Message.TrimEnd('.')}", fault);
    }

    // A kernel that has no images is known when the solver is made.
    private FmmSolver Solver()
    {
        try
        {
            return _create(_options);
        }
        catch (FmmOptionException fault)
        {
            throw Refusal(fault);
        }
    }

    /// <summary>Refuses a run for which there is not enough memory.</summary>
    /// <param name="guard">Who knows how much there is.</param>
    /// <param name="subject">What takes it.</param>
    /// <param name="sources">Number of sources.</param>
    /// <param name="targets">Number of targets; null where the sources are the targets.</param>
    /// <param name="copies">How often points and charges are still to be held: 0 when they are there.</param>
    /// <exception cref="InputException">It would not fit.</exception>
    internal void CheckMemory(MemoryGuard guard, string subject, long sources, long? targets, double copies)
    {
        double places = targets ?? sources, fields = _settings.Vectors * (double)_potentialComponents * (_options.Gradient ? 4 : 1);
        if (_settings.Vectors > 1 && Math.Max((double)sources * SourceComponents, places * fields) > Array.MaxLength)
            throw new InputException($"{subject} and {_settings.Vectors} charge vectors have more numbers than one array holds, {Array.MaxLength}; take fewer vectors at a time");

        double numbers = (copies * sources * (3 + SourceComponents)) + (places * (fields + (_options.Hessian ? 6 : 0) + (_settings is { Gradient: true, Force: true } ? 3 : 0)));
        if (_settings.Vectors > 1) numbers += (sources * (double)SourceComponents) + (places * fields); // The solver has them vector by vector.
        guard.Check(subject, KernelChoice.EstimateOf(_settings, _options, Math.Max(1, sources), targets is long some ? Math.Max(1, some) : null), sizeof(double) * numbers, sources + (targets ?? 0));
    }

    /// <summary>Evaluates the field, once or so often that the median of the times means something. All ranks call it, each with its own points.</summary>
    /// <param name="sources">Where the charges are.</param>
    /// <param name="charges"><see cref="SourceComponents"/> numbers a source.</param>
    /// <param name="targets">Where the field is wanted; null for the sources.</param>
    /// <param name="repeat">Runs to time after one that is not counted; null for one that is.</param>
    /// <param name="verify">Targets to compare with direct sums; 0 for none.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <exception cref="InputException">The engine can't take the points, or their field has no finite value somewhere.</exception>
    public FieldResult Evaluate(
        Position[] sources, double[] charges, Position[]? targets, int? repeat, int verify,
        CancellationToken cancellation, IProgress<RunProgress>? progress)
    {
        if (_settings.Force && targets is not null)
            throw new InputException($"{FieldSettings.ForceOption}: the targets are not the sources and so have no charges for a force to act on; leave --targets out, or take --gradient");

        int count = (targets ?? sources).Length;
        double[] potentials = new double[checked(_settings.Vectors * _potentialComponents * count)];
        double[] gradients = new double[_options.Gradient ? checked(3 * potentials.Length) : 0];
        double[] hessians = new double[_options.Hessian ? 6 * count : 0];
        using FmmSolver solver = Solver();
        List<FmmSeconds> timed = [];
        double operators = 0;
        int runs = repeat is int counted ? counted + 1 : 1;
        for (int run = 0; run < runs; run++)
        {
            SetPoints(solver, sources, targets);
            Evaluate(solver, new ChargeVectors(_settings.Vectors, VectorOrder.PointMajor), charges, potentials, gradients, hessians, progress is null ? null : new Steps(progress, run, runs), cancellation);
            FmmSeconds seconds = solver.Report.Seconds;
            operators = run == 0 ? seconds.Operators : operators;
            if (run > 0 || runs == 1) timed.Add(seconds with { Operators = operators });
        }

        FieldError? error = null;
        if (verify > 0)
        {
            progress?.Report(new RunProgress("direct sums", 1));
            error = solver.Verify(verify, cancellation);
        }

        double[]? forces = _settings.Force ? ForcesOf(charges, gradients, inPlace: !_settings.Gradient) : null;
        FmmReport report = solver.Report with { Seconds = MedianSeconds.Of(timed) };
        if (_ranks.Count > 1) report = report with { Sources = (int)Math.Min(int.MaxValue, _ranks.Sum((long)sources.Length)), Targets = (int)Math.Min(int.MaxValue, _ranks.Sum((long)count)) };
        return new FieldResult(_potentialComponents, potentials, _settings.Gradient ? gradients : null, report, error)
        {
            IsComplex = _isComplex,
            Vectors = _settings.Vectors,
            Forces = forces,
            ForceSums = ForceSums.Of(_ranks, forces),
            Ranks = solver.GatherRanks(),
            Schedule = solver.Explain(),
            Hessians = _options.Hessian ? hessians : null,
        };
    }

    private static double[] ForcesOf(double[] charges, double[] gradients, bool inPlace)
    {
        double[] forces = inPlace ? gradients : new double[gradients.Length];
        Forces.Of(charges, gradients, forces);
        return forces;
    }

    // Points that reach too far for their box are seen when it is bounded. Our own reader would not take a file with such a row, and nobody would look for it among a million.
    private void Evaluate(
        FmmSolver solver, ChargeVectors vectors, double[] charges, double[] potentials, double[] gradients, double[] hessians, IProgress<SystemProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            solver.Evaluate(vectors, charges, potentials, gradients, hessians, progress, cancellation);
        }
        catch (FieldRangeException fault)
        {
            string target = _ranks.Count == 1 ? $"target {fault.Target + 1}" : $"target {fault.Target + 1} of this rank's share";
            InputException refused = new($"the field at {target} has no finite value: it is too large, or a source lies too close; take smaller charges or another unit of length. Nothing was written");
            // The others end as well, and leave the words to this rank.
            if (_ranks.Count > 1) _ranks.Require(refused);
            throw refused;
        }
        catch (RankFailedException other) when (other.IsAgreed)
        {
            _ranks.Require(null);
            throw;
        }
        catch (ArgumentException fault) when (solver.Method.Options.Periodic is not null)
        {
            throw new InputException(fault.Message.Split(" (Parameter")[0], fault);
        }
    }

    private static void SetPoints(FmmSolver solver, Position[] sources, Position[]? targets)
    {
        try
        {
            if (targets is null)
            {
                solver.SetPoints(sources);
            }
            else
            {
                solver.SetPoints(sources, targets);
            }
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message.Split(" (Parameter")[0], fault);
        }
    }

    /// <summary>The systems' ends as a fraction of all runs.</summary>
    private sealed class Steps(IProgress<RunProgress> progress, int run, int runs) : IProgress<SystemProgress>
    {
        public void Report(SystemProgress value) =>
            progress.Report(new RunProgress(value.System, (run + (double)value.Finished / value.Total) / runs));
    }
}
