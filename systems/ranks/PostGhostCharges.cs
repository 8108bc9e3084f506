using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Sends the charges of this rank's sources that stand elsewhere as ghosts, and begins to receive those of the ghosts here: they arrive during the upward pass.</summary>
public sealed unsafe class PostGhostCharges : RankSystem
{
    private readonly int _components;

    internal PostGhostCharges(World world, RankLink link, int components)
        : base(world, link) => _components = components;

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access().ReadResource<ChargeInput>();

    /// <inheritdoc/>
    protected override void Tell()
    {
        GhostTree ghosts = Link.Ghosts;
        double* charges = World.Resource<ChargeInput>().Values.Pointer;
        ghosts.Outgoing.Resize(checked(ghosts.Rows.Length * _components));
        ghosts.Incoming.Resize(checked(ghosts.Points * _components));
        for (int i = 0; i < ghosts.Rows.Length; i++)
            for (int c = 0; c < _components; c++) ghosts.Outgoing.Pointer[(i * _components) + c] = charges[((nint)ghosts.Rows.Pointer[i] * _components) + c];
        Link.Post(ghosts.Sent, ghosts.Outgoing.Pointer, ghosts.Received, ghosts.Incoming.Pointer, _components * sizeof(double), RankTag.Charges);
    }
}
