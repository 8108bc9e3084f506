using Fmm.Components;
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
/// One solver serves one thread at a time; any number of solvers run side by side. With a tolerance the order follows from points and
/// charges: setting the first points and the first evaluation may replace <see cref="World"/> and <see cref="Method"/>.
/// </remarks>
public sealed class FmmSolver : IDisposable
{
    private readonly Func<FmmOptions, FieldMethod> _create;
    private readonly OrderSearch? _search;
    private FieldMethod _method;
    private Schedule<int> _verification;
    private VerifyField _verify;
    private readonly IThreadDispatcher _dispatcher;
    private readonly ThreadDispatcher? _ownDispatcher;
    private readonly string _kernel;
    private readonly string _parameters;
    private bool _pointsChanged;
    private bool _disposed;

    private FmmSolver(
        Func<FmmOptions, FieldMethod> create, FmmOptions options, string kernel, string parameters, IThreadDispatcher? dispatcher)
    {
        _create = create;
        _method = create(options);
        if (options.Tolerance is double tolerance) _search = new OrderSearch(tolerance, options.Precision);
        _kernel = kernel;
        _parameters = parameters;
        _ownDispatcher = dispatcher is null ? new ThreadDispatcher(options.Threads) : null;
        _dispatcher = dispatcher ?? _ownDispatcher!;
        (_verification, _verify) = Verification(_method);
    }

    /// <summary>The world that holds points, nodes and fields.</summary>
    public World World => _method.World;

    /// <summary>The method: resources, schedule, and what was chosen.</summary>
    public FieldMethod Method => _method;

    /// <summary>What ran last: sizes, tree, seconds by system.</summary>
    /// <exception cref="InvalidOperationException">Nothing was evaluated yet.</exception>
    public FmmReport Report => _method.Fields.Potentials.Length == 0
        ? throw new InvalidOperationException("There is nothing to report yet: evaluate first.")
        : FmmReport.Of(_method, _kernel, _parameters, _dispatcher.ThreadCount, _search?.Error ?? double.NaN);

    /// <summary>Makes a solver.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for; null for all defaults.</param>
    /// <param name="dispatcher">Threads that the host lends; null for a team of the solver's own.</param>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    public static FmmSolver Create<TKernel>(TKernel kernel, FmmOptions? options = null, IThreadDispatcher? dispatcher = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        options ??= new FmmOptions();
        options.Validate();
        return new FmmSolver(one => InWorld(one, kernel), options, TKernel.Name, kernel.Parameters, dispatcher);
    }

    /// <summary>Sets points that are sources and targets at once.</summary>
    /// <param name="points">1 or more points with finite coordinates.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public void SetPoints(ReadOnlySpan<Position> points)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Check(points, nameof(points));
        Begin(points, points.Length);
        _method.Tree.Input.Set(points);
        _pointsChanged = true;
    }

    /// <summary>Sets sources and targets that differ.</summary>
    /// <param name="sources">1 or more points with finite coordinates.</param>
    /// <param name="targets">1 or more points with finite coordinates.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public void SetPoints(ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Check(sources, nameof(sources));
        Check(targets, nameof(targets));
        Begin(sources, targets.Length);
        _method.Tree.Input.Set(sources, targets);
        _pointsChanged = true;
    }

    /// <summary>
    /// Computes the field of the charges at all targets. The tree is built if the points are new, and kept otherwise: evaluating
    /// other charges on the same points costs only the evaluation.
    /// </summary>
    /// <param name="charges">The kernel's source components of each source.</param>
    /// <param name="potentials">Receives the kernel's potential components of each target.</param>
    /// <param name="gradients">Receives d/dx, d/dy, d/dz of each component of each target; empty unless the options ask for it.</param>
    /// <param name="progress">Told of each system that ends.</param>
    /// <param name="cancellation">Ends the evaluation early; the outputs are then untouched.</param>
    /// <exception cref="ArgumentException">A length is wrong or a charge is not finite.</exception>
    /// <exception cref="InvalidOperationException">No points are set.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Evaluate(
        ReadOnlySpan<double> charges, Span<double> potentials, Span<double> gradients = default,
        IProgress<SystemProgress>? progress = null, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        PointInput points = _method.Tree.Input;
        if (points.Sources.Length == 0) throw new InvalidOperationException("No points are set: call SetPoints first.");
        Expansion expansion = _method.Expansion;
        CheckLength(nameof(charges), charges.Length, points.Sources.Length * expansion.SourceComponents);
        CheckLength(nameof(potentials), potentials.Length, points.TargetCount * expansion.PotentialComponents);
        CheckLength(
            nameof(gradients), gradients.Length, _method.Options.Gradient ? 3 * points.TargetCount * expansion.PotentialComponents : 0);
        for (int i = 0; i < charges.Length; i++)
        {
            if (!double.IsFinite(charges[i])) throw new ArgumentException($"Charge {i} is {charges[i]}: charges must be finite.", nameof(charges));
        }
        Update(charges, progress, cancellation);
        while (_search is { IsPending: true } && !_search.Accepts(Verify(OrderSearch.Targets, cancellation).PotentialL2))
        {
            Replace(_search.Order, keepPoints: true);
            Update(charges, progress, cancellation);
        }
        _method.Fields.Potentials.Span.CopyTo(potentials);
        _method.Fields.Gradients.Span.CopyTo(gradients);
    }

    /// <summary>Compares the last fields with direct sums in double precision at evenly strided targets.</summary>
    /// <param name="samples">Targets to compare; all of them if there are fewer.</param>
    /// <param name="cancellation">Ends the sums early, within milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FieldError Verify(int samples, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _verify.Cancellation = cancellation;
        _verification.Update(samples, _dispatcher, cancellation);
        return _verify.Error;
    }

    /// <summary>Makes the next evaluation rebuild tree and lists, as for new points; for measurements.</summary>
    public void Invalidate() => _pointsChanged = true;

    /// <summary>The schedule as text: what runs after what, and which systems touch which columns.</summary>
    public string Explain() => _method.Schedule.Explain();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        DisposeMethod();
        _ownDispatcher?.Dispose();
    }

    private static FieldMethod InWorld<TKernel>(FmmOptions options, TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        World world = World.Create();
        try
        {
            return FieldSchedule.Create(world, kernel, options);
        }
        catch
        {
            world.Dispose();
            throw;
        }
    }

    private static (Schedule<int> Schedule, VerifyField System) Verification(FieldMethod method)
    {
        VerifyField verify = new(method.World, method);
        Schedule<int> schedule = new("verification");
        schedule.Add(verify);
        return (schedule, verify);
    }

    private void Begin(ReadOnlySpan<Position> sources, int targets)
    {
        if (_search is null) return;
        _search.See(sources, targets);
        if (_search.Order != _method.Expansion.Order) Replace(_search.Order, keepPoints: false);
    }

    private void Update(ReadOnlySpan<double> charges, IProgress<SystemProgress>? progress, CancellationToken cancellation)
    {
        _method.Charges.Values.Resize(charges.Length);
        charges.CopyTo(_method.Charges.Values.Span);
        _method.Schedule.Update(new FieldStep(_pointsChanged), _dispatcher, cancellation, progress);
        _pointsChanged = false;
    }

    // The order sizes every column and every operator: another one is another method in another world.
    private void Replace(int order, bool keepPoints)
    {
        FieldMethod next = _create(_method.Options with { FoundOrder = order });
        PointInput points = _method.Tree.Input;
        if (keepPoints && points.Shared) next.Tree.Input.Set(points.Sources.Span);
        else if (keepPoints) next.Tree.Input.Set(points.Sources.Span, points.Targets.Span);
        DisposeMethod();
        _method = next;
        (_verification, _verify) = Verification(next);
        _pointsChanged = true;
    }

    private void DisposeMethod()
    {
        _verification.Dispose();
        _method.Dispose();
        World.Destroy(_method.World);
    }

    private void Check(ReadOnlySpan<Position> points, string name)
    {
        if (points.IsEmpty) throw new ArgumentException("There are no points: give at least one.", name);
        double largest = 0;
        for (int i = 0; i < points.Length; i++)
        {
            Position p = points[i];
            double reach = Math.Max(Math.Abs(p.X), Math.Max(Math.Abs(p.Y), Math.Abs(p.Z))); // NaN if one is
            if (!double.IsFinite(reach)) throw new ArgumentException($"Point {i} is {p}: coordinates must be finite.", name);
            largest = Math.Max(largest, reach);
        }
        double limit = _method.Options.Precision == Precision.Single ? 1e15 : 1e100;
        if (largest > limit)
        {
            throw new ArgumentException(
                $"A coordinate of {largest:g3} is too large to square in {_method.Options.Precision.ToString().ToLowerInvariant()} precision: choose a larger unit of length{(limit < 1e100 ? " or double precision" : "")}.",
                name);
        }
    }

    private static void CheckLength(string name, int length, int expected)
    {
        if (length != expected) throw new ArgumentException($"{name} has {length} numbers, but the points ask for {expected}.", name);
    }
}
