using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The resources that the systems of points, tree and lists share, entered in a world together; the world owns them.</summary>
public sealed class TreeResources
{
    /// <summary>Enters the resources: <see cref="StepChange"/>, <see cref="PointInput"/>, <see cref="Outliers"/>, <see cref="MortonKeys"/>, <see cref="PointRows"/>, <see cref="TreeSettings"/>,
    /// <see cref="TreeLayout"/>, <see cref="TreeShape"/>, <see cref="SplitSets"/>, <see cref="OctetLinks"/>, <see cref="ListStore"/> and
    /// <see cref="OctetTable"/>.</summary>
    /// <param name="world">The world; it must not have them yet.</param>
    /// <param name="settings">How far the tree is refined.</param>
    internal TreeResources(World world, TreeSettings settings)
    {
        Ledger ledger = world.Ledger;
        world.SetResource(new StepChange());
        world.SetResource(Input = new PointInput(ledger));
        world.SetResource(new MortonKeys(ledger));
        world.SetResource(new Outliers());
        world.SetResource(Following = new Following(ledger));
        world.SetResource(Points = new PointRows());
        world.SetResource(Settings = settings);
        world.SetResource(Layout = new TreeLayout());
        world.SetResource(Shape = new TreeShape());
        world.SetResource(new SplitSets(ledger));
        world.SetResource(Links = new OctetLinks(ledger));
        world.SetResource(Lists = new ListStore(ledger));
        world.SetResource(Octets = new OctetTable(ledger));
    }

    /// <summary>The points; fill it before an update.</summary>
    public PointInput Input { get; }

    /// <summary>How far the tree is refined.</summary>
    public TreeSettings Settings { get; }

    /// <summary>Where the sorted points are.</summary>
    internal PointRows Points { get; }

    /// <summary>The columns of nodes and points; extend it before the first update.</summary>
    public TreeLayout Layout { get; }

    /// <summary>The tree's extent and levels.</summary>
    public TreeShape Shape { get; }

    /// <summary>How often updates took which path of the tree.</summary>
    public TreeUse Use => Following.Use;

    /// <summary>Where points that move are.</summary>
    internal Following Following { get; }

    /// <summary>Colleagues of octets.</summary>
    internal OctetLinks Links { get; }

    /// <summary>Members of U, W and X lists.</summary>
    internal ListStore Lists { get; }

    /// <summary>V lists by octet.</summary>
    internal OctetTable Octets { get; }
}
