using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>The rows that a system touches, by what it declares: what is lit when a reader points at its name.</summary>
/// <param name="Name">The system's name.</param>
/// <param name="Access">Its declaration in words.</param>
/// <param name="TouchesPoints">Whether it touches rows of points: the bodies, or their copies in Morton order.</param>
/// <param name="Levels">Levels of the nodes that it touches, a bit each.</param>
internal sealed record SystemRows(string Name, string Access, bool TouchesPoints, uint Levels)
{
    /// <summary>Those of one system in a world whose tree stands.</summary>
    public static SystemRows Of(string name, Access access, Simulation simulation)
    {
        bool points = false;
        uint levels = 0;
        foreach (Archetype rows in simulation.World.Archetypes)
        {
            if (rows.Count == 0 || !rows.Signature.Types.ToArray().Any(type => access.Allows(type.Info, AccessKind.Read | AccessKind.Gather | AccessKind.Write | AccessKind.Create))) continue;
            if (rows.Level != Archetype.NoLevel && rows.Signature.Has(ComponentType.Of<NodeKey>())) levels |= 1u << rows.Level;
            else points = true;
        }

        return new SystemRows(name, access.ToString(), points, levels);
    }
}
