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
            using FmmMethod method = FmmSchedule.Create(world, default(Laplace), options);
            method.Tree.Input.Set(points);
            ExpansionSizes expansion = method.ExpansionSizes;
            CostModel costs = new(expansion, options.Precision, RegisterWidth.Bits512, options.Gradient, pairFactor: 1);
            using BoundPoints bound = new(world);
            using EncodeKeys encode = new(world);
            using SortPoints sort = new(world);
            using ChooseLeaf choose = new(world, options, expansion, costs, () => throw new InvalidOperationException("The calibration is given."), null);
            FmmStep step = FmmStep.Everything;
            foreach (BaseSystem<World, FmmStep> system in (BaseSystem<World, FmmStep>[])[bound, encode, sort, choose]) system.Update(step);
            return method.LeafCapacity;
        }
        finally
        {
            World.Destroy(world);
        }
    }
}
