using System.Numerics;

namespace Fmm.Systems;

/// <summary>Resource: the translations of every level but those of M2L.</summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed class OperatorSet<T>() : LevelSet<LevelOperators<T>>(nameof(PrepareOperators))
    where T : unmanaged, IFloatingPointIeee754<T>;
