using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

// An M2L of your own in place of the built-in one: every density acts on every check surface of its V list, by the definition.
sealed class PlainM2L(World world, ExpansionView expansions) : M2L(world)
{
    static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, TargetRange>();
    readonly Position[] _from = new Position[expansions.Surface.Count], _to = new Position[expansions.Surface.Count];
    readonly double[] _density = new double[expansions.Sizes.DensityCount], _potential = new double[expansions.Sizes.CheckCount];
    public override Access Access { get; } = FarList.Declare(expansions.WriteLocals(expansions.GatherMultipoles(new Access().Gather(in _nodes))));

    public override void Update(in FmmStep step)
    {
        foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
            for (int row = 0; row < nodes.Count; row++)
            {
                Array.Clear(_potential);
                expansions.Points(in nodes, row, _to);
                foreach (FarMember member in FarList.Of(World, in nodes, row))
                {
                    expansions.ReadMultipole(in nodes, member.Row, _density);
                    expansions.Points(in nodes, member.Row, _from);
                    DirectSums.Add(new Laplace(), _to, _from, _density, _potential);
                }
                expansions.WriteLocal(in nodes, row, _potential);
            }
    }
}
static class OwnM2L
{
    public static void Run()
    {
        using World world = Cloud.Of(1500);
        using FmmMethod method = FmmSchedule.Create(world, new Laplace(), new FmmOptions { Order = 5, LeafCapacity = 120 }, Cloud.Points);
        method.Schedule.Replace<M2L>(new PlainM2L(world, method.Expansions));
        Cloud.Warm(() => method.Schedule.Update(default));
        Console.WriteLine(Cloud.Told(world));
    }
}
