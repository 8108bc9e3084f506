using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

// A system of your own between two operators: the charge of every level, read off the expansions.
sealed class ReadCharge(World world, ExpansionView expansions) : BaseSystem<World, FmmStep>(world)
{
    static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks, SourceRange>();
    readonly double[] _density = new double[expansions.Sizes.DensityCount];

    public double Charge { get; private set; }

    public override Access Access { get; } = expansions.GatherMultipoles(new Access().Gather(in _nodes));

    public override void Update(in FmmStep step)
    {
        Charge = 0;
        foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.BottomUp))
            for (int row = 0; row < nodes.Count; row++)
            {
                if (!nodes.Read<NodeLinks>()[row].IsLeaf || nodes.Read<SourceRange>()[row].Count == 0) continue;
                expansions.ReadMultipole(in nodes, row, _density);
                foreach (double charge in _density) Charge += charge;
            }
    }
}

static class OwnSystem
{
    public static void Run()
    {
        using World world = World.Create();
        double total = Cloud.Fill(world, 5000);
        using FmmMethod method = FmmSchedule.Create(world, new Laplace(), new FmmOptions { Order = 8, LeafCapacity = 40 }, Cloud.Points);
        ReadCharge reader = new(world, method.Expansions);
        method.Schedule.Add(reader).After<M2M>().Before<M2L>();
        Cloud.Warm(() => method.Schedule.Update(default));
        Console.WriteLine($"charge off by {Math.Abs(reader.Charge - total):e1}, {Cloud.Told(world)}");
    }
}
