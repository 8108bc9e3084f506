using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The transfers of a level in frequency space.</summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class FftOperators<T>(Ledger ledger) : ILevelOperators<FftOperators<T>>, IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private NativeBuffer<T>[] _planes = [];
    private PlainMatrices? _matrices;

    /// <inheritdoc/>
    public double HalfWidth { get; set; } = double.NaN;

    /// <summary>The matrix of a plane of frequencies.</summary>
    /// <param name="kx">Frequency along x, 0 to p.</param>
    public static string Name(int kx) => $"spectra/{kx}";

    /// <inheritdoc/>
    public static FftOperators<T> Create(Ledger ledger) => new(ledger);

    /// <inheritdoc/>
    public static bool FollowsKernel(string matrix) => true;

    /// <summary>
    /// The spectra of a plane: [frequency][component pair][343 slots, real parts, and one more][the same, imaginary parts]. Slots of
    /// adjacent boxes are zero.
    /// </summary>
    /// <param name="kx">Frequency along x, 0 to p.</param>
    public NativeBuffer<T> Plane(int kx) => _planes[kx];

    /// <inheritdoc/>
    public void Pack(PlainMatrices matrices, ExpansionSizes sizes, int lane, Jobs jobs)
    {
        if (_planes.Length == 0)
        {
            _planes = new NativeBuffer<T>[sizes.Order + 1];
            for (int kx = 0; kx < _planes.Length; kx++) _planes[kx] = new NativeBuffer<T>(ledger, "operators: M2L");
        }
        _matrices = matrices;
        jobs.For(_planes.Length, this);
        _matrices = null;
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => _matrices![Name(unit)].MoveTo(ref _planes[unit]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBuffer<T> plane in _planes) plane.Dispose();
    }
}
