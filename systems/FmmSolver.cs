using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The three-line way in: make a solver for a kernel, give it points, evaluate charges. Everything goes in and comes out in input
/// order and double precision.
/// </summary>
/// <example>
/// <code>
/// using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Tolerance = 1e-6 });
/// solver.SetPoints(points);
/// solver.Evaluate(charges, potentials);
/// </code>
/// </example>
/// <remarks>
/// One solver serves one call at a time; any number of solvers run side by side. A call from another thread or from a progress
/// callback while one runs is refused with an <see cref="InvalidOperationException"/> and changes nothing; so is
/// <see cref="Dispose"/>. After a call that failed or was cancelled the solver is usable: its points stand, its fields do not.
/// With a tolerance the order follows from points and charges: setting the first points and the first evaluation may replace
/// <see cref="World"/> and <see cref="Method"/>.
/// </remarks>
public sealed partial class FmmSolver : IDisposable
{
    private readonly SolverMethod _method;
    private readonly ToleranceSearch? _search;
    private readonly IThreadDispatcher _dispatcher;
    private readonly ThreadDispatcher? _ownDispatcher;
    private readonly SolverClaim _claim = new(typeof(FmmSolver));
    private bool _evaluated;

    private FmmSolver(SolverMethod method, FmmOptions options, IThreadDispatcher? dispatcher, IRanks? ranks = null)
    {
        _ranks = ranks;
        _method = method;
        if (options.Tolerance is double tolerance) _search = new ToleranceSearch(tolerance, options);
        _ownDispatcher = dispatcher is null ? new ThreadDispatcher(options.Threads) : null;
        _dispatcher = dispatcher ?? _ownDispatcher!;
    }

    /// <summary>The world that holds points, nodes and fields.</summary>
    public World World => Method.World;

    /// <summary>The method: resources, schedule, and what was chosen.</summary>
    public FmmMethod Method => _method.Current;

    /// <summary>What ran last: sizes, tree, seconds by system.</summary>
    /// <exception cref="InvalidOperationException">There is no evaluation of the present points, or another call is running.</exception>
    public FmmReport Report
    {
        get
        {
            using SolverClaim.Held held = _claim.Take(nameof(Report));
            RequireFields();
            return FmmReport.Of(Method, _method.Kernel, _method.Parameters, _dispatcher.ThreadCount, _method.Series.Count, _method.Work, _search?.Report);
        }
    }

    /// <summary>Makes a solver.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for; null for all defaults.</param>
    /// <param name="dispatcher">Threads that the host lends; null for a team of the solver's own.</param>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmSolver Create<TKernel>(TKernel kernel, FmmOptions? options = null, IThreadDispatcher? dispatcher = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        options ??= new FmmOptions();
        options.Validate();
        return new FmmSolver(SolverMethod.Of(kernel, options), options, dispatcher);
    }

    /// <summary>
    /// Computes the field of the charges at all targets. The tree is built if the points are new, and kept otherwise: evaluating
    /// other charges on the same points costs only the evaluation.
    /// </summary>
    /// <param name="charges">The kernel's source components of each source.</param>
    /// <param name="potentials">Receives the kernel's potential components of each target.</param>
    /// <param name="gradients">Receives d/dx, d/dy, d/dz of each component of each target; empty unless the options ask for it.</param>
    /// <param name="progress">Told of each system that ends; what it throws ends the evaluation.</param>
    /// <param name="cancellation">Ends the evaluation early; the outputs are then untouched.</param>
    /// <exception cref="ArgumentException">A length is wrong or a charge is not finite; the fields of before stand.</exception>
    /// <exception cref="InvalidOperationException">No points are set, or another call is running.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FieldRangeException">The field somewhere is no finite number; there are no fields then.</exception>
    /// <exception cref="ToleranceException">The tolerance was not reached and <see cref="FmmOptions.RequireTolerance"/> asks for it; the outputs
    /// are then untouched.</exception>
    public void Evaluate(
        ReadOnlySpan<double> charges, Span<double> potentials, Span<double> gradients = default,
        IProgress<SystemProgress>? progress = null, CancellationToken cancellation = default) =>
        Evaluate(charges, potentials, gradients, default, progress, cancellation);

    /// <summary>The same with the second derivatives of the potential, for which <see cref="FmmOptions.Hessian"/> asks.</summary>
    /// <param name="charges">The kernel's source components of each source.</param>
    /// <param name="potentials">Receives the potential of each target.</param>
    /// <param name="gradients">Receives d/dx, d/dy, d/dz of each target; empty unless the options ask for it.</param>
    /// <param name="hessians">Receives the derivatives xx, xy, xz, yy, yz, zz of each target; empty unless the options ask for them.</param>
    /// <param name="progress">Told of each system that ends; what it throws ends the evaluation.</param>
    /// <param name="cancellation">Ends the evaluation early; the outputs are then untouched.</param>
    /// <exception cref="ArgumentException">A length is wrong or a charge is not finite; the fields of before stand.</exception>
    /// <exception cref="InvalidOperationException">No points are set, or another call is running.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FieldRangeException">The field somewhere is no finite number; there are no fields then.</exception>
    /// <exception cref="ToleranceException">The tolerance was not reached and <see cref="FmmOptions.RequireTolerance"/> asks for it; the outputs
    /// are then untouched.</exception>
    public void Evaluate(
        ReadOnlySpan<double> charges, Span<double> potentials, Span<double> gradients, Span<double> hessians,
        IProgress<SystemProgress>? progress = null, CancellationToken cancellation = default) =>
        Evaluate(ChargeVectors.One, charges, potentials, gradients, hessians, progress, cancellation);

    /// <summary>
    /// The same for several charge vectors on the same points: tree, lists and each near pair's geometry serve all of them. Fields are those of each
    /// vector alone, but for rounding. New points get leaves that suit so many vectors; <see cref="Invalidate"/> chooses them anew for old ones.
    /// </summary>
    /// <param name="vectors">How many, and in which order their numbers stand.</param>
    /// <param name="charges">The kernel's source components of each source and vector.</param>
    /// <param name="potentials">Receives the kernel's potential components of each target and vector.</param>
    /// <param name="gradients">Receives d/dx, d/dy, d/dz of each component of each target and vector; empty unless the options ask for it.</param>
    /// <param name="hessians">Receives the derivatives xx, xy, xz, yy, yz, zz of each target and vector; empty unless the options ask for them.</param>
    /// <param name="progress">Told of each system that ends, for each vector; what it throws ends the evaluation.</param>
    /// <param name="cancellation">Ends the evaluation early; the outputs are then untouched.</param>
    /// <exception cref="ArgumentException">A length is wrong or a charge is not finite; the fields of before stand.</exception>
    /// <exception cref="InvalidOperationException">No points are set, or another call is running.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FieldRangeException">The field somewhere is no finite number; there are no fields then.</exception>
    /// <exception cref="ToleranceException">The tolerance was not reached and <see cref="FmmOptions.RequireTolerance"/> asks for it; the outputs
    /// are then untouched.</exception>
    public void Evaluate(
        ChargeVectors vectors, ReadOnlySpan<double> charges, Span<double> potentials, Span<double> gradients = default, Span<double> hessians = default,
        IProgress<SystemProgress>? progress = null, CancellationToken cancellation = default)
    {
        using SolverClaim.Held held = _claim.Take(nameof(Evaluate));
        Exception? fault = null;
        try
        {
            _method.Require(vectors, charges, potentials, gradients, hessians);
            if (_ranks is not null && !_hasPoints) throw new InvalidOperationException("No points are set: call SetPoints first.");
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            fault = refused;
        }
        // Where points are new on one rank they are on all.
        long changed = Agree(nameof(Evaluate), vectors.Count, fault, (_method.PointsChanged ? 1L << 32 : 0) + (_method.PointsMoved ? 1 : 0));
        _method.PointsChanged |= changed >> 32 != 0;
        _method.PointsMoved |= (changed & uint.MaxValue) != 0;
        Compute(vectors, charges, progress, cancellation);
        Deliver(vectors, potentials, gradients, hessians);
        _evaluated = true;
    }

    /// <summary>
    /// Compares the fields of the last evaluation with direct sums in double precision at evenly strided targets; of several charge vectors the largest errors count.
    /// </summary>
    /// <param name="samples">Targets to compare, 1 or more; all of them if there are fewer.</param>
    /// <param name="cancellation">Ends the sums early, within milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">There is no evaluation of the present points: none was made since they were
    /// set, or the last one failed or was cancelled. Or another call is running.</exception>
    public FieldError Verify(int samples, CancellationToken cancellation = default)
    {
        using SolverClaim.Held held = _claim.Take(nameof(Verify));
        Agree(nameof(Verify), samples, Try(RequireFields));
        FieldError error = _method.Compare(samples, _dispatcher, cancellation);
        _search?.See(error);
        return error;
    }

    /// <summary>Makes the next evaluation choose the leaf capacity anew and rebuild tree and lists, as a fresh solver does for these points.</summary>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public void Invalidate()
    {
        using SolverClaim.Held held = _claim.Take(nameof(Invalidate));
        _method.PointsChanged = true;
        Method.Leaf.Forget();
    }

    /// <summary>The schedule as text: what runs after what, and which systems touch which columns.</summary>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public string Explain()
    {
        using SolverClaim.Held held = _claim.Take(nameof(Explain));
        return Method.Schedule.Explain();
    }

    /// <summary>Ends the solver and gives its memory and threads back. A second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another call is running, on another thread or below this one; the solver goes
    /// on as if nothing had been called. Cancel that call, and dispose of the solver when it has returned.</exception>
    public void Dispose()
    {
        if (!_claim.End()) return;
        _method.Dispose();
        _ownDispatcher?.Dispose();
    }

    private void Deliver(ChargeVectors vectors, Span<double> potentials, Span<double> gradients, Span<double> hessians)
    {
        if (vectors.Count == 1)
        {
            Method.Fields.Potentials.Span.CopyTo(potentials);
            Method.Fields.Gradients.Span.CopyTo(gradients);
            Method.Fields.Hessians.Span.CopyTo(hessians);
            return;
        }
        int components = Method.ExpansionSizes.PotentialComponents;
        vectors.Join(_method.Series.Potentials.Span, components, potentials);
        vectors.Join(_method.Series.Gradients.Span, 3 * components, gradients);
        vectors.Join(_method.Series.Hessians.Span, 6, hessians);
    }

    private void DropFields()
    {
        _evaluated = false;
        Method.Fields.Clear();
    }

    private void RequireFields()
    {
        if (!_evaluated) throw new InvalidOperationException("There are no fields of these points: evaluate first.");
    }
}
