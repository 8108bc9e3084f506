using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The transfers of a level as dense matrices.</summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed class DenseOperators<T>(Ledger ledger) : ILevelOperators<DenseOperators<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private NativeBuffer<T> _matrices = new(ledger, "operators: M2L");

    /// <summary>The name of the plain matrix.</summary>
    public static string Name => "transfers";

    /// <inheritdoc/>
    public double HalfWidth { get; set; } = double.NaN;

    /// <summary>[343 slots][densities][check potentials]; slots of adjacent boxes are zero.</summary>
    public NativeBuffer<T> Matrices => _matrices;

    /// <inheritdoc/>
    public static DenseOperators<T> Create(Ledger ledger) => new(ledger);

    /// <inheritdoc/>
    public static bool FollowsKernel(string matrix) => true;

    /// <inheritdoc/>
    public void Pack(PlainMatrices matrices, ExpansionSizes sizes, int lane, Jobs jobs) => matrices[Name].MoveTo(ref _matrices);

    /// <inheritdoc/>
    public void Dispose() => _matrices.Dispose();
}
