using Fmm.Engine;

namespace Fmm.Tests;

public struct Alpha
{
    public double Value;
}

public struct Beta
{
    public double Value;
}

public struct Gamma
{
    public double Value;
}

public struct Delta
{
    public int Value;
}

public struct Tag;

/// <summary>What a test's step may do: the system's protected members, made visible.</summary>
internal sealed class Step(World world, Jobs jobs, Counters counters)
{
    internal World World { get; } = world;
    internal Jobs Jobs { get; } = jobs;
    internal Counters Counters { get; } = counters;
}

/// <summary>A system whose name, access and update are given by the test.</summary>
internal class TestSystem(World world, string name, Access access, Action<Step>? update = null) : BaseSystem<World, int>(world)
{
    internal List<string> Calls { get; } = [];

    public override string Name => name;

    public override Access Access => access;

    public override void Initialize() => Calls.Add("Initialize");

    public override void BeforeUpdate(in int state) => Calls.Add("BeforeUpdate");

    public override void Update(in int state)
    {
        Calls.Add("Update");
        update?.Invoke(new Step(World, Jobs, Counters));
    }

    public override void AfterUpdate(in int state) => Calls.Add("AfterUpdate");

    public override void Dispose()
    {
        Calls.Add("Dispose");
        base.Dispose();
    }
}

/// <summary>A system with a type of its own for each mark.</summary>
internal sealed class Marked<TMark>(World world, string name, Access? access = null) : TestSystem(world, name, access ?? new Access());

/// <summary>A contract that others know, whose implementation they don't.</summary>
public abstract class Contract(World world) : BaseSystem<World, int>(world);

/// <summary>The implementation.</summary>
internal sealed class Implementation<TScalar>(World world, Access? access = null) : Contract(world)
{
    public override Access Access { get; } = access ?? new Access();
}

/// <summary>A job whose unit is given by the test.</summary>
internal sealed class TestJob(Action<int, int> unit) : IJob
{
    public void Execute(int unit1, int worker) => unit(unit1, worker);
}
