using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: whether a method works in the world. Its resources and rows are one a world, so that a second one would take them away.</summary>
internal sealed class MethodPlace
{
    private bool _taken;

    /// <summary>Refuses a world that has a method.</summary>
    /// <exception cref="InvalidOperationException">It has one.</exception>
    public static void RequireFree(World world)
    {
        if (world.TryResource(out MethodPlace? place) && place._taken)
            throw new InvalidOperationException("The world has a method already: dispose of that FmmMethod first, or create this one in a world of its own.");
    }

    /// <summary>Notes that the world has a method.</summary>
    public static void Take(World world)
    {
        if (!world.TryResource(out MethodPlace? place)) world.SetResource(place = new MethodPlace());
        place._taken = true;
    }

    /// <summary>Notes that it has none any more.</summary>
    public static void Leave(World world)
    {
        if (world.TryResource(out MethodPlace? place)) place._taken = false;
    }
}
