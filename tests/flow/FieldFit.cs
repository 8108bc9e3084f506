using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>How a field and what the solver says of it stand against the direct sum, in units of what is allowed.</summary>
/// <param name="Potential">The potential's error: over all sampled targets, or over the half of them where the field is weak, whichever is worse.</param>
/// <param name="Gradient">The same of the gradient.</param>
/// <param name="Told">How far the solver's own measure of its error is from the truth.</param>
internal readonly record struct FieldFit(double Potential, double Gradient, double Told)
{
    private const int Samples = 40, Extremes = 6;

    // Smaller numbers, in units of the field, keep no digits that two sums could agree in.
    private const double Denormal = 1e-250;

    /// <summary>Solves a configuration, and compares.</summary>
    /// <param name="field">The configuration.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="reach">The kernel whose pairs tell how exact expansions are: itself, unless it is screened.</param>
    /// <param name="bounds">What is allowed.</param>
    public static FieldFit Of<TKernel>(RandomField field, TKernel kernel, TKernel reach, FieldBounds bounds)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Position[] targets = field.Targets ?? field.Sources;
        using FmmSolver solver = FmmSolver.Create(kernel, field.Options);
        (double[] potentials, double[] gradients) = new Scene(field.Sources, field.Charges, field.Targets).Solve<TKernel>(solver, field.Options.Gradient);
        int components = TKernel.PotentialComponents, strided = Math.Min(Samples, targets.Length);
        FieldError told = solver.Verify(strided);
        if (!potentials.All(double.IsFinite) || !gradients.All(double.IsFinite)) return new(double.PositiveInfinity, double.PositiveInfinity, 0);

        int[] chosen = [.. Enumerable.Range(0, strided).Select(i => (int)((long)targets.Length * i / strided)), .. Extreme(targets)];
        Position[] at = [.. chosen.Select(i => targets[i])];
        double[] widths = Leaves(solver.Method, targets.Length);
        FieldParts[] fields = FieldParts.Of(kernel, reach, field.Sources, field.Charges, at, gradient: false);
        double unit = field.Charges.Max(Math.Abs) / field.Length, least = bounds.Least * unit, denormal = Denormal * unit;
        double[] allowed = Allowed(fields, components, bounds.Order, bounds.Rounding, i => least);
        (double potential, double off) = Excess(Rows(potentials, chosen, components), fields, allowed, strided, told.PotentialL2, denormal);
        if (gradients.Length == 0) return new(potential, 0, off);

        FieldParts[] slopes = FieldParts.Of(kernel, reach, field.Sources, field.Charges, at, gradient: true);
        double[] allowedSlopes = Allowed(slopes, 3 * components, bounds.Slope, bounds.SlopeRounding, i => field.Options.Order!.Value * allowed[i] / widths[chosen[i]]);
        (double gradient, double offSlope) = Excess(Rows(gradients, chosen, 3 * components), slopes, allowedSlopes, strided, told.GradientL2!.Value, denormal / field.Length);
        return new(potential, gradient, Math.Max(off, offSlope));
    }

    private static double[] Allowed(FieldParts[] parts, int components, double order, double rounding, Func<int, double> more) =>
        [.. parts.Chunk(components).Select((target, i) => (order * Norm(target.Select(one => one.Scale))) + (rounding * Norm(target.Select(one => one.Absolute))) + more(i))];

    // The error over what is allowed, and what the solver told of it, in units of a hundredth and of the reference's rounding.
    private static (double Excess, double Off) Excess(double[] found, FieldParts[] expected, double[] allowed, int strided, double told, double denormal)
    {
        int components = expected.Length / allowed.Length;
        double[] errors = [.. found.Zip(expected, (one, other) => one - other.Sum).Chunk(components).Select(Norm)];
        double[] sizes = [.. expected.Select(one => one.Absolute).Chunk(components).Select(Norm)];
        int[] weak = [.. Enumerable.Range(0, errors.Length).OrderBy(i => sizes[i]).Take((errors.Length + 1) / 2)];
        double excess = Math.Max(Ratio(Norm(errors), Norm(allowed)), Ratio(Norm(weak.Select(i => errors[i])), Norm(weak.Select(i => allowed[i]))));
        double norm = Norm(expected.Take(strided * components).Select(one => one.Sum)), absolute = Norm(sizes.Take(strided));
        if (norm <= Math.Max(1e-12 * absolute, denormal)) return (excess, 0);
        double right = Norm(errors.Take(strided)) / norm;
        return (excess, Math.Abs(told - right) / ((0.01 * right) + (1e-11 * absolute / norm)));
    }

    private static double Ratio(double error, double allowed) => error == 0 ? 0 : error / allowed;

    private static double Norm(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double largest = all.Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(all.Sum(value => value / largest * (value / largest)));
    }

    // Half widths of the leaves that hold targets; infinite for targets that are in none.
    private static double[] Leaves(FmmMethod method, int targets)
    {
        double[] widths = [.. Enumerable.Repeat(double.PositiveInfinity, targets)];
        ReadOnlySpan<InputIndex> index = method.World.Points<TargetTag, InputIndex>();
        TreeShape shape = method.Tree.Shape;
        for (int level = 0; level <= shape.Depth; level++)
        {
            ReadOnlySpan<TargetRange> ranges = method.World.Nodes<TargetRange>(level);
            ReadOnlySpan<NodeLinks> links = method.World.Nodes<NodeLinks>(level);
            for (int row = 0; row < ranges.Length; row++)
                for (int at = ranges[row].Start; links[row].FirstChild < 0 && at < ranges[row].End; at++) widths[index[at].Value] = Math.ScaleB(shape.RootCube.HalfWidth, -level);
        }
        return widths;
    }

    // The targets farthest from the middle of all.
    private static IEnumerable<int> Extreme(Position[] targets)
    {
        double x = targets.Average(p => p.X), y = targets.Average(p => p.Y), z = targets.Average(p => p.Z);
        return Enumerable.Range(0, targets.Length)
            .OrderByDescending(i => Math.Abs(targets[i].X - x) + Math.Abs(targets[i].Y - y) + Math.Abs(targets[i].Z - z)).Take(Extremes);
    }

    private static double[] Rows(double[] field, int[] chosen, int components) =>
        [.. chosen.SelectMany(i => field.AsSpan(i * components, components).ToArray())];
}
