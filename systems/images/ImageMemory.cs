using Fmm.Components;

namespace Fmm.Systems;

/// <summary>What memory the images of a box that repeats take, told before there are any points: the buffers of <see cref="ImageTransfers"/> and <see cref="SurfaceImages{TKernel, T}"/>.</summary>
internal static class ImageMemory
{
    /// <summary>The first level with operators.</summary>
    public static int FirstLevel(PeriodicBox box) => ShapeOf(box).FirstFarLevel;

    /// <summary>Bytes for the box itself as root; points that reach farther along a free axis make another root, of a few times as many tables.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="box">The box.</param>
    /// <param name="expansion">Sizes of the expansions.</param>
    /// <param name="scalar">Bytes of a number of the working precision.</param>
    public static double Bytes<TKernel>(TKernel kernel, PeriodicBox box, ExpansionSizes expansion, int scalar)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        TreeShape shape = ShapeOf(box);
        TKernel.TryScreened(kernel, out _, out double screening);
        int level = shape.FirstFarLevel, width = (2 * expansion.Order) - 1, points = expansion.Surface.Count;
        LatticeSum sum = new([box.Period(0), box.Period(1), box.Period(2)], screening, 2 * shape.ScaledHalfWidth(level) * (2 - expansion.Ratios.Inner));
        double tables = 1, offsets = 0, nodes = 1;
        for (int axis = 0; axis < 3; axis++)
        {
            int cells = shape.NodesAlong(axis, level), along = cells > 0 ? cells : (2 << level) - 1;
            tables *= along;
            offsets += along;
            nodes *= cells > 0 ? cells : 1 << level;
        }
        double factors = 2 * offsets * width * sum.Nodes;
        return (sizeof(double) * ((tables * width * width * width) + factors + (2 * nodes * points))) + (2 * nodes * points * scalar);
    }

    private static TreeShape ShapeOf(PeriodicBox box)
    {
        TreeShape shape = new();
        shape.Enclose(new RootCube(default, 0.5 * box.Longest), scaled: false);
        shape.Repeat(box);
        return shape;
    }
}
