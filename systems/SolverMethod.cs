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

    /// <summary>Makes the method for a kernel.</summary>
    public static SolverMethod Of<TKernel>(TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel> => new(one => InWorld(one, kernel), options, TKernel.Name, TKernel.Parameters(kernel));

    /// <summary>Puts a method of another order in the place of this one; if it cannot be made, this one stays.</summary>
    /// <param name="order">The order.</param>
    /// <param name="keepPoints">Whether it is given the points of this one.</param>
    public void Replace(int order, bool keepPoints)
    {
        FmmMethod next = _create(Current.Options with { FoundOrder = order });
        try
        {
            PointInput points = Current.Tree.Input;
            if (keepPoints && points.Shared) next.Tree.Input.Set(points.Sources.Span);
            else if (keepPoints) next.Tree.Input.Set(points.Sources.Span, points.Targets.Span);
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

    /// <summary>Computes the field of charges.</summary>
    public void Update(ReadOnlySpan<double> charges, IThreadDispatcher dispatcher, IProgress<SystemProgress>? progress, CancellationToken cancellation)
    {
        Current.Charges.Values.Resize(charges.Length);
        charges.CopyTo(Current.Charges.Values.Span);
        Current.Schedule.Update(PointsChanged ? FmmStep.Everything : FmmStep.Charges, dispatcher, cancellation, progress);
        PointsChanged = false;
    }

    /// <summary>Refuses charges and outputs that do not fit the points.</summary>
    /// <exception cref="ArgumentException">A length is wrong, or a charge is not finite, or outputs overlap.</exception>
    /// <exception cref="InvalidOperationException">There are no points.</exception>
    public void Require(ReadOnlySpan<double> charges, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians)
    {
        PointInput points = Current.Tree.Input;
        if (points.Sources.Length == 0) throw new InvalidOperationException("No points are set: call SetPoints first.");
        ExpansionSizes expansion = Current.ExpansionSizes;
        InputRules.Length(nameof(charges), charges.Length, points.Sources.Length, expansion.SourceComponents);
        InputRules.Length(nameof(potentials), potentials.Length, points.TargetCount, expansion.PotentialComponents);
        InputRules.Length(nameof(gradients), gradients.Length, points.TargetCount, Current.Options.Gradient ? 3 * expansion.PotentialComponents : 0);
        InputRules.Length(nameof(hessians), hessians.Length, points.TargetCount, Current.Options.Hessian ? 6 : 0);
        if (hessians.Overlaps(potentials) || hessians.Overlaps(gradients)) throw new ArgumentException("hessians overlap another output in memory: give each its own.", nameof(hessians));
        if (potentials.Overlaps(gradients)) throw new ArgumentException("potentials and gradients overlap in memory: give each its own.", nameof(gradients));
        InputRules.Charges(charges, nameof(charges));
        InputRules.Apart(potentials, gradients, hessians, Current.Fields);
    }

    /// <summary>Compares the fields with direct sums on the threads that the method runs on.</summary>
    public FieldError Compare(int samples, IThreadDispatcher dispatcher, CancellationToken cancellation)
    {
        _verify.Cancellation = cancellation;
        _verification.Update(samples, dispatcher, cancellation);
        return _verify.Error;
    }

    /// <summary>Ends the method and its world.</summary>
    public void Dispose()
    {
        _verification.Dispose();
        End(Current);
    }

    private static FmmMethod InWorld<TKernel>(FmmOptions options, TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        World world = World.Create();
        try
        {
            return FmmSchedule.Create(world, kernel, options);
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
