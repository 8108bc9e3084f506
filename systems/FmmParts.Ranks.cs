namespace Fmm.Systems;

/// <content>The systems of a method over ranks, beside those that it has on one.</content>
public abstract partial class FmmParts
{
    /// <summary>Points to the ranks that own their cells.</summary>
    /// <exception cref="InvalidOperationException">The parts were created for one rank.</exception>
    public PartitionPoints PartitionPoints() => new(World, RequireRanks(), Options);

    /// <summary>Charges to the ranks that own their points.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public abstract SendCharges SendCharges();

    /// <summary>Nodes of other ranks that lists here may name.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public FindGhosts FindGhosts() => new(World, RequireRanks());

    /// <summary>Tells the nodes what others have in them.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public AdoptGhosts AdoptGhosts()
    {
        RequireRanks();
        return new AdoptGhosts(World);
    }

    /// <summary>Asks for the sources that lists name.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public RequestSources RequestSources() => new(World, RequireRanks());

    /// <summary>Asks for the multipoles that lists name.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public RequestMultipoles RequestMultipoles() => new(World, RequireRanks());

    /// <summary>What each point costs, for the next tree.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public abstract MeasureWork MeasureWork();

    /// <summary>Charges of ghosts out.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public abstract PostGhostCharges PostGhostCharges();

    /// <summary>Charges of ghosts in.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public abstract AwaitGhostCharges AwaitGhostCharges();

    /// <summary>Multipoles out.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public abstract PostMultipoles PostMultipoles();

    /// <summary>Multipoles in, and those of nodes that borders cut.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public abstract AwaitMultipoles AwaitMultipoles();

    /// <summary>Fields back to where their targets were given.</summary>
    /// <inheritdoc cref="PartitionPoints"/>
    public abstract ReturnFields ReturnFields();

    private protected RankLink RequireRanks() => Link
        ?? throw new InvalidOperationException("The parts were created for one rank alone: give FmmParts.Create the ranks, two or more.");
}
