using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Choice;

/// <summary>The systems from points to the choice of a leaf, without the evaluation.</summary>
internal static class LeafOf
{
    public static int Points(Position[] points, FmmOptions options)
    {
        World world = World.Create();
        try
        {
            using FieldMethod method = FieldSchedule.Create(world, default(Laplace), options);
            method.Tree.Input.Set(points);
            Expansion expansion = method.Expansion;
            CostModel costs = new(expansion, options.Precision, LaneWidth.Bits512, options.Gradient, pairFactor: 1);
            using BoundPoints bound = new(world);
            using EncodeKeys encode = new(world);
            using SortPoints sort = new(world);
            using ChooseLeaf choose = new(world, options, expansion, costs, () => throw new InvalidOperationException("The calibration is given."));
            FieldStep step = new(PointsChanged: true);
            foreach (BaseSystem<World, FieldStep> system in (BaseSystem<World, FieldStep>[])[bound, encode, sort, choose]) system.Update(step);
            return method.LeafCapacity;
        }
        finally
        {
            World.Destroy(world);
        }
    }
}
