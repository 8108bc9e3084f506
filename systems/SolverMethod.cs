using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A solver's method in a world of its own, with the schedule that verifies it. The order sizes every column and every operator: another
/// one is another method in another world, which takes the place of the first.
/// </summary>
internal sealed class SolverMethod : IDisposable
{
    private readonly Func<FmmOptions, FmmMethod> _create;
    private Schedule<int> _verification;
    private VerifyField _verify;

    private SolverMethod(Func<FmmOptions, FmmMethod> create, FmmOptions options, string kernel, string parameters)
    {
        Kernel = kernel;
        Parameters = parameters;
        _create = create;
        // The solver keeps that promise; a method has no way to.
        Current = create(options with { RequireTolerance = false });
        (_verification, _verify) = Verification(Current);
    }

    /// <summary>The method.</summary>
    public FmmMethod Current { get; private set; }

    /// <summary>The kernel's name.</summary>
    public string Kernel { get; }

    /// <summary>The kernel's parameters, for people.</summary>
    public string Parameters { get; }

    /// <summary>Whether the next update builds tree and lists.</summary>
    public bool PointsChanged { get; set; }

    /// <summary>Whether points have moved since the last update, and are the same otherwise.</summary>
    public bool PointsMoved { get; set; }

    /// <summary>Makes the method for a kernel.</summary>
    public static SolverMethod Of<TKernel>(TKernel kernel, FmmOptions options, IRanks? ranks = null)
        where TKernel : unmanaged, IKernel<TKernel> => new(one => InWorld(one, kernel, ranks), options, TKernel.Name, TKernel.Parameters(kernel));

    /// <summary>Puts a method of another order in the place of this one; if it cannot be made, this one stays.</summary>
    /// <param name="order">The order.</param>
    /// <param name="keepPoints">Whether it is given the points of this one.</param>
    public void Replace(int order, bool keepPoints)
    {
        FmmMethod next = _create(Current.Options with { FoundOrder = order });
        try
        {
            PointInput points = Current.Input;
            if (keepPoints && points.Shared) next.Input.Set(points.Sources.Span);
            else if (keepPoints) next.Input.Set(points.Sources.Span, points.Targets.Span);
        }
        catch
        {
            End(next);
            throw;
        }
        Dispose();
        Current = next;
        PointsChanged = true;
        (_verification, _verify) = Verification(next);
    }

    /// <summary>The charge vectors of the last evaluation.</summary>
    public VectorSeries Series => Current.World.Resource<VectorSeries>();

    /// <summary>Where the time of the last evaluation went, over all vectors.</summary>
    public SeriesWork Work { get; } = new();

    /// <summary>Takes the charges of an evaluation; an update for each vector follows.</summary>
    public void Begin(ChargeVectors vectors, ReadOnlySpan<double> charges)
    {
        Series.Begin(vectors, charges, Current.ExpansionSizes.SourceComponents);
        Work.Begin();
        if (!Series.IsSeries) Place(charges);
    }

    /// <summary>Computes the field of a vector.</summary>
    public void Update(int vector, IThreadDispatcher dispatcher, IProgress<SystemProgress>? progress, CancellationToken cancellation)
    {
        VectorSeries series = Series;
        if (series.IsSeries)
        {
            series.Take(vector);
            Place(series.ChargesOf(vector));
        }
        if (vector > 0) Work.Add(Current.Schedule.Times);
        Current.Link?.BeginTraffic();
        Current.Schedule.Update(PointsChanged ? FmmStep.Everything : PointsMoved ? FmmStep.Positions : FmmStep.Charges, dispatcher, cancellation, progress);
        PointsChanged = PointsMoved = false;
    }

    /// <summary>Refuses charges and outputs that do not fit the points.</summary>
    /// <exception cref="ArgumentException">A length is wrong, or a charge is not finite, or outputs overlap.</exception>
    /// <exception cref="InvalidOperationException">There are no points.</exception>
    public void Require(
        ChargeVectors vectors, ReadOnlySpan<double> charges, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians)
    {
        Require(vectors, charges);
        ExpansionSizes expansion = Current.ExpansionSizes;
        long targets = (long)vectors.Count * Current.Input.TargetCount;
        InputRules.Length(nameof(potentials), potentials.Length, targets, expansion.PotentialComponents, vectors.Count);
        InputRules.Length(nameof(gradients), gradients.Length, targets, Current.Options.Gradient ? 3 * expansion.PotentialComponents : 0, vectors.Count);
        InputRules.Length(nameof(hessians), hessians.Length, targets, Current.Options.Hessian ? 6 : 0, vectors.Count);
        if (hessians.Overlaps(potentials) || hessians.Overlaps(gradients)) throw new ArgumentException("hessians overlap another output in memory: give each its own.", nameof(hessians));
        if (potentials.Overlaps(gradients)) throw new ArgumentException("potentials and gradients overlap in memory: give each its own.", nameof(gradients));
        InputRules.Apart(potentials, gradients, hessians, Current.Fields);
    }

    /// <summary>Refuses charges that do not fit the points.</summary>
    /// <exception cref="ArgumentException">A length is wrong, or a charge is not finite.</exception>
    /// <exception cref="InvalidOperationException">There are no points.</exception>
    public void Require(ChargeVectors vectors, ReadOnlySpan<double> charges)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors.Count, 1, nameof(vectors));
        int sources = Current.Input.Sources.Length;
        // Over ranks one may have none.
        if (sources == 0 && Current.Link is null) throw new InvalidOperationException("No points are set: call SetPoints first.");
        InputRules.Length(nameof(charges), charges.Length, (long)vectors.Count * sources, Current.ExpansionSizes.SourceComponents, vectors.Count);
        InputRules.Charges(charges, nameof(charges));
    }

    /// <summary>Compares the fields with direct sums on the threads that the method runs on; of several vectors the largest errors count.</summary>
    public FieldError Compare(int samples, IThreadDispatcher dispatcher, CancellationToken cancellation)
    {
        _verify.Cancellation = cancellation;
        _verify.Vectors = Series;
        _verification.Update(samples, dispatcher, cancellation);
        return _verify.Error;
    }

    /// <summary>Ends the method and its world.</summary>
    public void Dispose()
    {
        _verification.Dispose();
        End(Current);
    }

    private void Place(ReadOnlySpan<double> charges)
    {
        Current.Charges.Values.Resize(charges.Length);
        charges.CopyTo(Current.Charges.Values.Span);
    }

    private static FmmMethod InWorld<TKernel>(FmmOptions options, TKernel kernel, IRanks? ranks)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        World world = World.Create();
        try
        {
            return ranks is null ? FmmSchedule.Create(world, kernel, options) : FmmSchedule.Create(world, kernel, options, ranks);
        }
        catch
        {
            world.Dispose();
            throw;
        }
    }

    private static (Schedule<int> Schedule, VerifyField System) Verification(FmmMethod method)
    {
        VerifyField verify = new(method.World, method);
        Schedule<int> schedule = new("verification");
        schedule.Add(verify);
        return (schedule, verify);
    }

    private static void End(FmmMethod method)
    {
        method.Dispose();
        World.Destroy(method.World);
    }
}
