using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// The columns that rows made en bloc are given: what the tree itself needs, and what the operators add before the first build (expansions,
/// charges, fields), block columns with their stride.
/// </summary>
public sealed class RowLayout
{
    private readonly List<ComponentType> _types = [];
    private readonly List<BlockStride> _strides = [];
    private Signature? _signature;

    /// <summary>
    /// Whether all columns are zeroed when rows are made. Without it they hold what stood there before, until a system writes them: for
    /// rows whose every column is written in full at each build, which saves a pass over the memory.
    /// </summary>
    public bool Cleared { get; set; } = true;

    /// <summary>The signature of all columns added so far.</summary>
    public Signature Signature => _signature ??= Signature.Of([.. _types]);

    /// <summary>Adds an ordinary column.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <returns>This layout, to go on with.</returns>
    public RowLayout With<T>() where T : unmanaged
    {
        Add(ComponentType.Of<T>());
        return this;
    }

    /// <summary>Adds a block column.</summary>
    /// <typeparam name="TTag">What the block is; an empty struct.</typeparam>
    /// <typeparam name="TScalar">Its scalar.</typeparam>
    /// <param name="stride">Scalars a row; 1 or more.</param>
    /// <returns>This layout, to go on with.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below 1.</exception>
    public RowLayout WithBlock<TTag, TScalar>(int stride) where TTag : unmanaged where TScalar : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        Add(ComponentType.Block<TTag, TScalar>());
        _strides.Add(new BlockStride<TTag, TScalar>(stride));
        return this;
    }

    /// <summary>The archetype of these columns, with its strides set.</summary>
    /// <param name="world">The world.</param>
    /// <param name="level">The level of the rows, or <see cref="Archetype.NoLevel"/>.</param>
    /// <returns>The archetype, made at the first call.</returns>
    public Archetype Rows(World world, int level = Archetype.NoLevel)
    {
        Archetype archetype = world.Rows(Signature, level);
        for (int i = 0; i < _strides.Count; i++) _strides[i].Apply(archetype);
        return archetype;
    }

    /// <summary>Makes the rows anew, zeroed where <see cref="Cleared"/> says so.</summary>
    /// <param name="rows">An archetype of this layout.</param>
    /// <param name="count">Number of rows, 0 or more.</param>
    public void SetCount(Archetype rows, int count) => rows.SetCount(count, Cleared);

    private void Add(ComponentType type)
    {
        if (_types.Contains(type)) throw new ArgumentException($"The layout has a column {type} already: add each once.");
        _types.Add(type);
        _signature = null;
    }

    private abstract class BlockStride
    {
        public abstract void Apply(Archetype archetype);
    }

    private sealed class BlockStride<TTag, TScalar>(int stride) : BlockStride where TTag : unmanaged where TScalar : unmanaged
    {
        public override void Apply(Archetype archetype) => archetype.SetStride<TTag, TScalar>(stride);
    }
}
