using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The field as a matrix: A x are the potentials of the charges x. Points, tree, operators and memory are made once; a product costs an evaluation, allocates nothing
/// and is the same linear map each time, to the last bit. It is what an iterative solver takes for an equation of boundary integrals.
/// </summary>
/// <example>
/// <code>
/// using FmmMatrix matrix = FmmMatrix.Create(new Laplace(), points, new FmmOptions { Tolerance = 1e-8 });
/// matrix.Multiply(charges, potentials);
/// </code>
/// </example>
/// <remarks>
/// <para>Row <c>PotentialComponents i + c</c> is component c of target i, column <c>SourceComponents j + c</c> component c of source j. A pair at distance zero
/// contributes nothing: where sources are the targets the diagonal is 0, and what an own panel does to itself is the caller's to add.</para>
/// <para>With a tolerance the order is found once, when the matrix is made, with charges of random signs; it then stays. One call at a time, as of <see cref="FmmSolver"/>.</para>
/// </remarks>
public sealed class FmmMatrix : IDisposable
{
    private readonly Func<FmmSolver> _create;
    private readonly int _sign;
    private FmmSolver? _transposed;

    private FmmMatrix(FmmSolver solver, Func<FmmSolver> create, int sign)
    {
        Solver = solver;
        _create = create;
        _sign = sign;
        PointInput points = solver.Method.Input;
        ExpansionSizes sizes = solver.Method.ExpansionSizes;
        Rows = checked(points.TargetCount * sizes.PotentialComponents);
        Columns = checked(points.Sources.Length * sizes.SourceComponents);
    }

    /// <summary>Numbers of all targets' potentials.</summary>
    public int Rows { get; }

    /// <summary>Numbers of all sources' charges.</summary>
    public int Columns { get; }

    /// <summary>
    /// Whether there is <see cref="TransposeMultiply"/>: for kernels with K(-d) the transpose of K(d) or its negative, such as all of the distance alone and Stokes. It is found by
    /// trying the kernel.
    /// </summary>
    public bool HasTranspose => _sign != 0;

    /// <summary>The solver that carries out products: what ran last, and its error against direct sums.</summary>
    public FmmSolver Solver { get; }

    /// <summary>The matrix of points that are sources and targets at once.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="points">1 or more points.</param>
    /// <param name="options">What is asked for, of potentials alone; null for all defaults.</param>
    /// <param name="dispatcher">Threads that the host lends; null for a team of the matrix's own.</param>
    /// <exception cref="ArgumentException">A point is not finite, or there are none.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmMatrix Create<TKernel>(TKernel kernel, ReadOnlySpan<Position> points, FmmOptions? options = null, IThreadDispatcher? dispatcher = null)
        where TKernel : unmanaged, IKernel<TKernel> => Of(kernel, points, default, shared: true, options ?? new FmmOptions(), dispatcher);

    /// <summary>The matrix from sources to targets that differ.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="sources">1 or more points.</param>
    /// <param name="targets">1 or more points.</param>
    /// <param name="options">What is asked for, of potentials alone; null for all defaults.</param>
    /// <param name="dispatcher">Threads that the host lends; null for a team of the matrix's own.</param>
    /// <exception cref="ArgumentException">A point is not finite, or there are none.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmMatrix Create<TKernel>(
        TKernel kernel, ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets, FmmOptions? options = null, IThreadDispatcher? dispatcher = null)
        where TKernel : unmanaged, IKernel<TKernel> => Of(kernel, sources, targets, shared: false, options ?? new FmmOptions(), dispatcher);

    /// <summary>y = A x.</summary>
    /// <param name="x"><see cref="Columns"/> charges.</param>
    /// <param name="y">Receives <see cref="Rows"/> potentials; may be the memory of <paramref name="x"/>.</param>
    /// <param name="cancellation">Ends the product early; y is then untouched.</param>
    /// <exception cref="ArgumentException">A length is wrong or a charge is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FieldRangeException">A potential is no finite number.</exception>
    public void Multiply(ReadOnlySpan<double> x, Span<double> y, CancellationToken cancellation = default) =>
        Solver.Evaluate(x, y, cancellation: cancellation);

    /// <summary>Y = A X for several vectors at once (<see cref="FmmSolver.Evaluate(ChargeVectors, ReadOnlySpan{double}, Span{double}, Span{double}, Span{double}, IProgress{SystemProgress}, CancellationToken)"/>).</summary>
    /// <param name="vectors">How many, and in which order their numbers stand.</param>
    /// <param name="x"><see cref="Columns"/> charges for each.</param>
    /// <param name="y">Receives <see cref="Rows"/> potentials for each; may be the memory of <paramref name="x"/>.</param>
    /// <param name="cancellation">Ends the product early; y is then untouched.</param>
    /// <exception cref="ArgumentException">A length is wrong or a charge is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FieldRangeException">A potential is no finite number.</exception>
    public void Multiply(ChargeVectors vectors, ReadOnlySpan<double> x, Span<double> y, CancellationToken cancellation = default) =>
        Solver.Evaluate(vectors, x, y, cancellation: cancellation);

    /// <summary>x = A^T y. Where sources are not the targets the first call makes a tree of its own, with the two exchanged.</summary>
    /// <param name="y"><see cref="Rows"/> numbers.</param>
    /// <param name="x">Receives <see cref="Columns"/> numbers; may be the memory of <paramref name="y"/>.</param>
    /// <param name="cancellation">Ends the product early; x is then untouched.</param>
    /// <exception cref="ArgumentException">A length is wrong or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">The kernel has no transpose (<see cref="HasTranspose"/>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FieldRangeException">A result is no finite number.</exception>
    public void TransposeMultiply(ReadOnlySpan<double> y, Span<double> x, CancellationToken cancellation = default)
    {
        if (!HasTranspose)
            throw new InvalidOperationException("The kernel has no transpose: K(-d) is neither the transpose of K(d) nor its negative. Take a method that multiplies with the matrix alone, such as GMRES.");
        Transposed().Evaluate(y, x, cancellation: cancellation);
        if (_sign < 0) foreach (ref double value in x) value = -value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transposed?.Dispose();
        Solver.Dispose();
    }

    private FmmSolver Transposed()
    {
        PointInput points = Solver.Method.Input;
        if (points.Shared) return Solver;
        if (_transposed is not null) return _transposed;
        FmmSolver exchanged = _create();
        exchanged.SetPoints(points.Targets.Span, points.Sources.Span);
        return _transposed = exchanged;
    }

    private static FmmMatrix Of<TKernel>(
        TKernel kernel, ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets, bool shared, FmmOptions options, IThreadDispatcher? dispatcher)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        if (options.Gradient) throw new FmmOptionException(nameof(options.Gradient), true, "a matrix gives potentials alone; leave this out.");
        if (options.Hessian) throw new FmmOptionException(nameof(options.Hessian), true, "a matrix gives potentials alone; leave this out.");
        FmmSolver solver = FmmSolver.Create(kernel, options, dispatcher);
        try
        {
            SetPoints(solver, sources, targets, shared);
            if (options.Tolerance is not null)
            {
                options = options with { Tolerance = null, RequireTolerance = false, Order = OrderFor(solver, sources.Length * TKernel.SourceComponents) };
                solver.Dispose();
                solver = FmmSolver.Create(kernel, options, dispatcher);
                SetPoints(solver, sources, targets, shared);
            }
            return new FmmMatrix(solver, () => FmmSolver.Create(kernel, options, dispatcher), KernelTransposition.Sign(kernel));
        }
        catch
        {
            solver.Dispose();
            throw;
        }
    }

    private static void SetPoints(FmmSolver solver, ReadOnlySpan<Position> sources, ReadOnlySpan<Position> targets, bool shared)
    {
        if (shared) solver.SetPoints(sources);
        else solver.SetPoints(sources, targets);
    }

    // Signs at random: of all charges those whose potentials cancel most, so that the order suits others, too.
    private static int OrderFor(FmmSolver solver, int charges)
    {
        Random random = new(1);
        double[] signs = new double[charges];
        for (int i = 0; i < charges; i++) signs[i] = random.Next(2) == 0 ? 1 : -1;
        solver.Evaluate(signs, new double[solver.Method.Input.TargetCount * solver.Method.ExpansionSizes.PotentialComponents]);
        return solver.Method.ExpansionSizes.Order;
    }
}
