using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes the translation operators that the tree needs and that do not stand yet.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;PrepareOperators&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class PrepareOperators(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(PrepareOperators);
}
