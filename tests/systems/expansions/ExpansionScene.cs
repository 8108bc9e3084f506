using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>Trees that operators are tested on, and the direct sums that they must reproduce.</summary>
internal sealed class ExpansionScene<TKernel> : IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly TKernel _kernel;

    private ExpansionScene(TKernel kernel, int order, TreeSettings settings, Position[] sources, Position[]? targets, TransferStrategy strategy = TransferStrategy.Fft)
    {
        _kernel = kernel;
        double[] charges = PointClouds.Charges(sources.Length * TKernel.SourceComponents, 2);
        World = new OperatorWorld<TKernel, double, Register256<double>>(kernel, order, settings, sources, charges, targets, strategy);
    }

    public OperatorWorld<TKernel, double, Register256<double>> World { get; }

    public TreeShape Shape => World.Tree.Shape;

    /// <summary>All leaves at one level, sources and targets apart.</summary>
    public static ExpansionScene<TKernel> Uniform(TKernel kernel, int order, int depth, TransferStrategy strategy = TransferStrategy.Fft) => new(
        kernel, order, new TreeSettings(1, depth), PointClouds.Draw(default(UnitCube), 700, 1), PointClouds.Draw(default(UnitCube), 300, 3), strategy);

    /// <summary>A dense clump at the corner of a sparse cube: leaves of many levels, with W and X lists. Apart, targets are points of their own at the same places.</summary>
    public static ExpansionScene<TKernel> Adaptive(TKernel kernel, int order, int capacity = 60, bool apart = false, TransferStrategy strategy = TransferStrategy.Fft)
    {
        Position[] cube = PointClouds.Draw(default(UnitCube), 1200, 4), clump = PointClouds.Draw(default(UnitCube), 1200, 5);
        for (int i = 0; i < clump.Length; i++) clump[i] = new Position(0.01 + (0.03 * clump[i].X), 0.3 + (0.03 * clump[i].Y), 0.6 + (0.03 * clump[i].Z));
        return new ExpansionScene<TKernel>(kernel, order, new TreeSettings(capacity), [.. cube, .. clump], apart ? [.. clump, .. cube] : null, strategy);
    }

    /// <summary>The direct field at some points of those sources that a test names.</summary>
    public double[] Direct(Func<int, bool> takes, Position[] at, bool gradient = false)
    {
        int components = TKernel.SourceComponents;
        int[] chosen = [.. Enumerable.Range(0, World.Sources.Length).Where(takes)];
        double[] charges = [.. chosen.SelectMany(i => World.Charges.AsSpan(i * components, components).ToArray())];
        return DirectField.Of(_kernel, [.. chosen.Select(i => World.Sources[i])], charges, at, gradient);
    }

    /// <summary>The field of a node's multipole at some points.</summary>
    public double[] OfMultipole(Node node, Position[] at)
    {
        int points = World.ExpansionSizes.Surface.Count, components = TKernel.SourceComponents;
        double scale = World.ExpansionSizes.DensityScale(node.HalfWidth);
        double[] density = World.Row<Multipole>(node), charges = new double[density.Length];
        for (int i = 0; i < density.Length; i++) charges[(i % points * components) + (i / points)] = density[i] / scale;
        return DirectField.Of(_kernel, node.SurfacePoints(World.ExpansionSizes.Surface, World.ExpansionSizes.Ratios.Inner), charges, at);
    }

    /// <summary>The check potential that some sources give a node, laid out as a local.</summary>
    public double[] CheckPotential(Node node, Func<int, bool> takes)
    {
        double[] field = Direct(takes, node.SurfacePoints(World.ExpansionSizes.Surface, World.ExpansionSizes.Ratios.Inner));
        int points = World.ExpansionSizes.Surface.Count, components = TKernel.PotentialComponents;
        return [.. Enumerable.Range(0, field.Length).Select(i => field[(i % points * components) + (i / points)])];
    }

    public void Dispose() => World.Dispose();
}
