using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: the translations of every level; one set for all levels of a homogeneous kernel.</summary>
/// <typeparam name="T">Working precision.</typeparam>
public sealed class OperatorSet<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LevelOperators<T>?[] _levels = new LevelOperators<T>?[Morton.MaxLevel + 1];

    /// <summary>The operators that act at a level: between its nodes, from its children and to its children.</summary>
    /// <param name="level">Level of the tree.</param>
    /// <exception cref="InvalidOperationException">They are not prepared.</exception>
    public LevelOperators<T> this[int level] =>
        _levels[level] ?? throw new InvalidOperationException($"The operators of level {level} are missing: PrepareOperators makes them.");

    /// <summary>Tells whether a level has operators that are whole.</summary>
    internal bool Stands(int level) => _levels[level] is { HalfWidth: > 0 };

    /// <summary>Tells whether a level's operators stand and were made for boxes of this half width.</summary>
    internal bool Has(int level, double halfWidth) => _levels[level] is { } operators && operators.HalfWidth == halfWidth;

    /// <summary>The level's operators, to be filled; empty ones are entered if there are none.</summary>
    internal LevelOperators<T> Slot(int level, Ledger ledger) => _levels[level] ??= new LevelOperators<T>(ledger);

    /// <summary>Lets all levels use one set.</summary>
    internal void Share(LevelOperators<T> operators) => Array.Fill(_levels, operators);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LevelOperators<T>? operators in _levels.Distinct()) operators?.Dispose();
        Array.Clear(_levels);
    }
}
