using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Creates the rows of the sorted points: one archetype when the targets are the sources, else two; each row with its key and the way back
/// to the user's order. Points of equal key keep the user's order.
/// </summary>
/// <param name="world">The world, with the resources <see cref="MortonKeys"/>, <see cref="TreeLayout"/>, <see cref="PointInput"/> and <see cref="PointRows"/>.</param>
public sealed class SortPoints(World world) : TreeSystem(world)
{
    private RadixSort? _own;
    private readonly RankLink? _link;

    internal SortPoints(World world, RankLink? link)
        : this(world) => _link = link;

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched
    {
        get
        {
            TreeLayout layout = World.Resource<TreeLayout>();
            return (_link is null ? new Access() : new Access().WriteResource<RankLink>())
                .ReadResource<PointInput>().ReadResource<MortonKeys>().ReadResource<TreeLayout>().ReadResource<Outliers>().WriteResource<PointRows>()
                .Create(layout.Shared.Signature).Create(layout.Sources.Signature).Create(layout.Targets.Signature);
        }
    }

    /// <inheritdoc/>
    protected override void Build()
    {
        bool shared = World.Resource<PointInput>().Shared;
        MortonKeys keys = World.Resource<MortonKeys>();
        TreeLayout layout = World.Resource<TreeLayout>();
        Archetype both = Sort(layout.Shared, shared ? keys.Sources.Span : []);
        Archetype sources = Sort(layout.Sources, shared ? [] : keys.Sources.Span);
        Archetype targets = Sort(layout.Targets, shared ? [] : keys.Targets.Span);
        Outliers outliers = World.Resource<Outliers>();
        World.Resource<PointRows>().Assign(shared, (shared ? both : sources).Count, (shared ? both : targets).Count, outliers.Sources, outliers.Targets);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _own?.Dispose();
        base.Dispose();
    }

    private Archetype Sort(RowLayout layout, ReadOnlySpan<ulong> keys)
    {
        Archetype rows = layout.Rows(World);
        layout.SetCount(rows, keys.Length);
        Chunk chunk = rows.Chunk;
        RadixSort sort = _link?.Sort ?? (_own ??= new RadixSort(World.Ledger));
        sort.Sort(Jobs, keys, MemoryMarshal.Cast<PointKey, ulong>(chunk.Write<PointKey>()), MemoryMarshal.Cast<InputIndex, int>(chunk.Write<InputIndex>()));
        return rows;
    }
}
