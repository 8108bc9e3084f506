using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: whether a method works in the world. Its resources and rows are one a world, so that a second one would take them away.</summary>
internal sealed class MethodPlace
{
    private bool _taken;
    private FmmParts? _parts;

    /// <summary>Refuses a world that has a method.</summary>
    /// <exception cref="InvalidOperationException">It has one.</exception>
    public static void RequireFree(World world)
    {
        if (world.TryResource(out MethodPlace? place) && place._taken)
            throw new InvalidOperationException("The world has a method already: dispose of that FmmMethod first, or create this one in a world of its own.");
    }

    /// <summary>Notes whose resources the world has now.</summary>
    public static void Prepare(World world, FmmParts parts) => Of(world)._parts = parts;

    /// <summary>Refuses parts whose resources the world does not have any more, or that a method was made of.</summary>
    /// <exception cref="InvalidOperationException">It has a method, or has seen other parts or the end of a method since.</exception>
    public static void Require(World world, FmmParts parts)
    {
        RequireFree(world);
        if (!ReferenceEquals(Of(world)._parts, parts))
            throw new InvalidOperationException("These parts have lost their resources in the world to others, or served a method already: create parts for each method, and make it before others are created.");
    }

    /// <summary>Notes that the world has a method.</summary>
    public static void Take(World world)
    {
        MethodPlace place = Of(world);
        place._taken = true;
        place._parts = null;
    }

    /// <summary>Notes that it has none any more.</summary>
    public static void Leave(World world)
    {
        if (world.TryResource(out MethodPlace? place)) place._taken = false;
    }

    private static MethodPlace Of(World world)
    {
        if (!world.TryResource(out MethodPlace? place)) world.SetResource(place = new MethodPlace());
        return place;
    }
}
