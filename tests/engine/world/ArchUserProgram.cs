using Fmm.Engine;

namespace Fmm.Tests.ArchUser;

// What an Arch user types first. The using line above is all that differs from a program for Arch.
public struct Position
{
    public float X;
    public float Y;
}

public struct Velocity
{
    public float Dx;
    public float Dy;
}

public class MovementSystem : BaseSystem<World, float>
{
    private readonly QueryDescription _desc = new QueryDescription().WithAll<Position, Velocity>();

    public MovementSystem(World world)
        : base(world)
    {
    }

    public override void Update(in float deltaTime)
    {
        foreach (ref var chunk in World.Query(in _desc))
        {
            var positions = chunk.GetSpan<Position>();
            var velocities = chunk.GetSpan<Velocity>();
            foreach (var index in chunk)
            {
                positions[index].X += velocities[index].Dx * deltaTime;
                positions[index].Y += velocities[index].Dy * deltaTime;
            }
        }
    }
}

public struct Damp : IForEach<Velocity>
{
    public void Update(ref Velocity velocity) => velocity.Dx *= 0.5f;
}

public static class Game
{
    public static (float X, float Dx, int Count) Play()
    {
        var world = World.Create();
        var player = world.Create(new Position { X = 1 }, new Velocity { Dx = 2 });
        world.Create(new Position());
        var systems = new SystemGroup<float>("Game", new MovementSystem(world));
        systems.Initialize();
        for (int frame = 0; frame < 3; frame++)
        {
            systems.BeforeUpdate(0.5f);
            systems.Update(0.5f);
            systems.AfterUpdate(0.5f);
        }
        systems.Dispose();
        var description = new QueryDescription().WithAll<Velocity>().WithNone<int>();
        world.Query(in description, (Entity entity, ref Velocity velocity) => velocity.Dx += world.Has<Position>(entity) ? 1 : 0);
        world.InlineQuery<Damp, Velocity>(in description);
        ref var position = ref world.Get<Position>(player);
        var result = (position.X, world.Get<Velocity>(player).Dx, world.CountEntities(new QueryDescription().WithAll<Position>()));
        World.Destroy(world);
        return result;
    }
}
