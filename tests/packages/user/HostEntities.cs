using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

// Entities of your own as points: they are made and destroyed between steps, and a system of yours moves them.
sealed class Drift(World world) : BaseSystem<World, FmmStep>(world)
{
    static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Gradient>();

    public override Access Access { get; } = new Access().Write<Position>().Read<Gradient>();

    public override void Update(in FmmStep step)
    {
        foreach (ref Chunk bodies in World.Query(in _bodies))
            for (int row = 0; row < bodies.Count; row++)
            {
                (Position at, Gradient slope) = (bodies.Read<Position>()[row], bodies.Read<Gradient>()[row]);
                bodies.Write<Position>()[row] = new Position(at.X - 1e-9 * slope.X, at.Y - 1e-9 * slope.Y, at.Z - 1e-9 * slope.Z);
            }
    }
}

static class HostEntities
{
    public static void Run()
    {
        using World world = Cloud.Of(4000);
        using FmmMethod method = FmmSchedule.Create(world, new Laplace(), new FmmOptions { Order = 8, Gradient = true }, Cloud.Points);
        method.Schedule.Add(new Drift(world)).Before<ReadEntities>();
        for (int step = 0; step < 5; step++)
        {
            method.Schedule.Update(default);
            for (int i = 0; i < 100; i++) world.Destroy(Cloud.Any(world));
            for (int i = 0; i < 150; i++) world.Create(new Position(1 + (0.01 * i), 0.1 * step, 0.5), new Charge(0.3), new Potential(), new Gradient());
        }
        Cloud.Warm(() => method.Schedule.Update(default));
        Console.WriteLine(Cloud.Told(world));
    }
}
