using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: the operators of every level; one set for all levels of a homogeneous kernel.</summary>
/// <param name="system">The system that makes them, for messages.</param>
/// <typeparam name="TOperators">The operators of a level.</typeparam>
internal class LevelSet<TOperators>(string system) : IDisposable
    where TOperators : class, ILevelOperators<TOperators>
{
    private readonly TOperators?[] _levels = new TOperators?[Morton.MaxLevel + 1];

    /// <summary>The operators that act at a level: between its nodes, from its children and to its children.</summary>
    /// <param name="level">Level of the tree.</param>
    /// <exception cref="InvalidOperationException">They are not prepared.</exception>
    public TOperators this[int level] =>
        _levels[level] ?? throw new InvalidOperationException($"The operators of level {level} are missing: {system} makes them, and must come before.");

    /// <summary>Tells whether a level has operators that are whole.</summary>
    public bool Stands(int level) => _levels[level] is { HalfWidth: > 0 };

    /// <summary>Tells whether a level's operators stand and were made for boxes of this half width.</summary>
    public bool Has(int level, double halfWidth) => _levels[level] is { } operators && operators.HalfWidth == halfWidth;

    /// <summary>The level's operators, to be filled; empty ones are entered if there are none.</summary>
    public TOperators Slot(int level, Ledger ledger) => _levels[level] ??= TOperators.Create(ledger);

    /// <summary>Lets all levels use one set.</summary>
    public void Share(TOperators operators) => Array.Fill(_levels, operators);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TOperators? operators in _levels.Distinct()) operators?.Dispose();
        Array.Clear(_levels);
    }
}
