using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Library;

/// <summary>What stands behind an fmm_solver: a solver, whose turn it is, and the charges that are kept.</summary>
/// <param name="solver">The solver; ended with this.</param>
/// <param name="kernel">The kernel's name, for reports.</param>
/// <param name="options">What it was made with.</param>
internal sealed unsafe class Solver(FmmSolver solver, string kernel, FmmOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;
    private Progress? _progress;
    private int _isClaimed;

    // The charges that an evaluation with none takes: the caller's own copy, or those that the solver still has.
    private double[]? _charges;
    private int _keptVectors;
    private bool _solverKeeps;

    /// <summary>What ran last.</summary>
    public FmmReport Report => solver.Report with { Kernel = kernel };

    private PointInput Points => solver.Method.Tree.Input;

    private ExpansionSizes Expansion => solver.Method.ExpansionSizes;

    /// <summary>Contiguous doubles as the charges of one vector.</summary>
    /// <exception cref="RefusedException">There are no points, or they ask for another length.</exception>
    public NativeArray PlainCharges(double* data, long length) => Plain(data, length, "charges", Points.Sources.Length, Expansion.SourceComponents);

    /// <summary>Contiguous doubles as its potentials.</summary>
    /// <exception cref="RefusedException">There are no points, or they ask for another length.</exception>
    public NativeArray PlainPotentials(double* data, long length) => Plain(data, length, "potentials", Points.TargetCount, Expansion.PotentialComponents);

    /// <summary>Contiguous doubles as its gradients.</summary>
    /// <exception cref="RefusedException">There are no points, or they ask for another length.</exception>
    public NativeArray PlainGradients(double* data, long length) => Plain(data, length, "gradients", Points.TargetCount, Expansion.PotentialComponents, 3);

    /// <summary>Begins a call.</summary>
    /// <exception cref="RefusedException">Another one runs.</exception>
    public void Claim()
    {
        if (Interlocked.Exchange(ref _isClaimed, 1) != 0)
            throw new RefusedException(Status.Busy, "Another call is running on this solver; nothing was changed. Wait until it has returned, or fmm_cancel it; threads need a solver each.");
    }

    /// <summary>Ends a call.</summary>
    public void Release() => Volatile.Write(ref _isClaimed, 0);

    /// <summary>Ends the call that runs, if one does.</summary>
    public void Cancel()
    {
        lock (_gate) _running?.Cancel();
    }

    /// <summary>Takes or leaves a listener.</summary>
    public void Listen(Progress? progress) => _progress = progress;

    /// <summary>Sets or moves points; targets are null where they are the sources.</summary>
    public void Place(NativeArray* sources, NativeArray* targets, bool isMove)
    {
        if (isMove) RequirePoints();
        using Numbers from = Numbers.OfPoints(sources, targets is null ? "points" : "sources");
        using Numbers to = targets is null ? default : Numbers.OfPoints(targets, "targets");
        ReadOnlySpan<Position> at = MemoryMarshal.Cast<double, Position>(from.Span), wanted = MemoryMarshal.Cast<double, Position>(to.Span);
        // A solver with a tolerance may take another method for points that have moved, and the charges go with the old one.
        if (isMove && _solverKeeps && solver.HasTolerance) Keep(solver.Charges, _keptVectors);
        if (isMove && targets is null) solver.MovePoints(at);
        else if (isMove) solver.MovePoints(at, wanted);
        else
        {
            if (targets is null) solver.SetPoints(at);
            else solver.SetPoints(at, wanted);
            Forget();
        }
    }

    /// <summary>Keeps charges for evaluations that are given none.</summary>
    public void SetCharges(NativeArray* charges)
    {
        int vectors = VectorsOf(charges);
        using Numbers values = Charges(charges, vectors);
        solver.Require(vectors, values.Span);
        Keep(values.Span, vectors);
    }

    /// <summary>Computes the fields of the charges, or of those that are kept where they are null.</summary>
    public void Evaluate(NativeArray* charges, NativeArray* potentials, NativeArray* gradients, NativeArray* hessians)
    {
        if (charges is null && _keptVectors == 0)
            throw new RefusedException(Status.InvalidState, "charges is null, and no charges of these points are kept: give charges, or fmm_set_charges before.");
        int vectors = charges is null ? _keptVectors : VectorsOf(charges), components = Expansion.PotentialComponents;
        if (gradients is not null && !options.Gradient)
            throw RefusedException.Argument("gradients are not computed: make the solver with the option gradient, or give null for them.");
        if (hessians is not null && !options.Hessian)
            throw RefusedException.Argument("hessians are not computed: make the solver with the option hessian, or give null for them.");
        long targets = Points.TargetCount;
        ArrayView potential = ArrayView.Of(potentials, "potentials", [vectors, targets, components, 1], isOutput: true);
        ArrayView gradient = gradients is null ? default : ArrayView.Of(gradients, "gradients", [vectors, targets, components, 3], isOutput: true);
        ArrayView hessian = hessians is null ? default : ArrayView.Of(hessians, "hessians", [vectors, targets, 1, 6], isOutput: true);
        using Numbers given = charges is null ? default : Charges(charges, vectors);
        ReadOnlySpan<double> values = charges is not null ? given.Span : _solverKeeps ? solver.Charges : _charges;
        ArrayView.RequireApart(potential, gradient, "potentials", "gradients");
        ArrayView.RequireApart(potential, hessian, "potentials", "hessians");
        ArrayView.RequireApart(gradient, hessian, "gradients", "hessians");
        solver.Require(vectors, values);
        using Running running = new(this);
        try
        {
            solver.Evaluate(
                vectors, values,
                (p, g, h) =>
                {
                    potential.Write(p);
                    if (gradient.Count > 0) gradient.Write(g);
                    if (hessian.Count > 0) hessian.Write(h);
                    if (charges is not null) (_charges, _keptVectors, _solverKeeps) = (null, vectors, true);
                },
                _progress, running.Token);
        }
        catch
        {
            // The solver may have the new charges, or the old ones.
            if (charges is not null && _solverKeeps) Forget();
            throw;
        }
    }

    /// <summary>Compares the last fields with direct sums.</summary>
    public FieldError Verify(long samples)
    {
        if (samples is < 1 or > int.MaxValue) throw RefusedException.Argument($"samples is {samples}: compare at 1 target or more.");
        using Running running = new(this);
        return solver.Verify((int)samples, running.Token);
    }

    /// <summary>Has the next evaluation choose leaves anew.</summary>
    public void Invalidate() => solver.Invalidate();

    /// <summary>The six numbers of fmm_sizes.</summary>
    public void Sizes(Span<long> sizes)
    {
        long flags = (options.Gradient ? 1 : 0) + (options.Hessian ? 2 : 0);
        ((ReadOnlySpan<long>)[Points.Sources.Length, Points.TargetCount, Expansion.SourceComponents, Expansion.PotentialComponents, _keptVectors, flags]).CopyTo(sizes);
    }

    /// <inheritdoc/>
    public void Dispose() => solver.Dispose();

    private void Keep(ReadOnlySpan<double> charges, int vectors) => (_charges, _keptVectors, _solverKeeps) = (charges.ToArray(), vectors, false);

    private void Forget() => (_charges, _keptVectors, _solverKeeps) = (null, 0, false);

    // Charges are one vector unless there is an axis more than one vector has.
    private int VectorsOf(NativeArray* charges)
    {
        ArrayView.Require(charges, "charges");
        RequirePoints();
        long sources = Points.Sources.Length, numbers = Expansion.SourceComponents;
        bool isOne = charges->Dimensions == 1 || (charges->Dimensions == 2 && charges->Shape[0] == sources && charges->Shape[1] == numbers);
        return isOne ? 1 : (int)Math.Max(1, charges->Shape[0]);
    }

    private Numbers Charges(NativeArray* charges, int vectors) =>
        new(ArrayView.Of(charges, "charges", [vectors, Points.Sources.Length, Expansion.SourceComponents, 1]));

    private NativeArray Plain(double* data, long length, string name, params ReadOnlySpan<long> shape)
    {
        RequirePoints();
        long expected = 1;
        foreach (long one in shape) expected *= one;
        return length == expected ? NativeArray.Plain(data, shape) : throw RefusedException.Argument($"the length of {name} is {length}, but the points ask for {expected} numbers.");
    }

    private void RequirePoints()
    {
        if (Points.Sources.Length == 0) throw new RefusedException(Status.InvalidState, "No points are set: call fmm_set_points first.");
    }

    // A call that Cancel ends, until it is disposed of.
    private readonly ref struct Running
    {
        private readonly Solver _solver;
        private readonly CancellationTokenSource _source = new();

        public Running(Solver solver)
        {
            _solver = solver;
            lock (solver._gate) solver._running = _source;
        }

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            lock (_solver._gate) _solver._running = null;
            _source.Dispose();
        }
    }
}
