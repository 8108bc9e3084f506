using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Where each level's links stand in memory, taken once an update so that the jobs run on bare pointers.</summary>
internal sealed unsafe class TreeLevels
{
    // One level more than the tree can have, so that the level below the deepest may be asked for.
    private const int Levels = Morton.MaxLevel + 2;

    public readonly NodeKey*[] Keys = new NodeKey*[Levels];
    public readonly NodeLinks*[] Links = new NodeLinks*[Levels];
    public readonly Occupancy*[] Holds = new Occupancy*[Levels];
    public readonly int*[] Colleagues = new int*[Levels];
    public readonly OctetMasks*[] Masks = new OctetMasks*[Levels];

    /// <summary>Points at the tree as it stands; the calling system must have declared what it reads.</summary>
    public void Read(NodeRows rows, OctetLinks links)
    {
        for (int level = 0; level <= rows.Depth; level++)
        {
            Chunk nodes = rows[level];
            Keys[level] = nodes.ReadPointer<NodeKey>();
            Links[level] = nodes.ReadPointer<NodeLinks>();
            Holds[level] = nodes.ReadPointer<Occupancy>();
            Colleagues[level] = links.Colleagues(level).Pointer;
            Masks[level] = links.Masks(level).Pointer;
        }
    }
}
