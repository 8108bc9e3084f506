using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The low-rank transfers of a level, rounded and packed: densities to coefficients, coefficients of a source to those of a target for each of
/// 316 vectors, and these to check potentials.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class LowRankOperators<T> : ILevelOperators<LowRankOperators<T>>, IBasisOperators, IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _sources;
    private readonly NativeBuffer<T> _cores;
    private readonly NativeBuffer<T> _targets;
    private PlainMatrix? _plain;

    private LowRankOperators(Ledger ledger)
    {
        _sources = new NativeBuffer<T>(ledger, "operators: low-rank M2L, sources");
        _cores = new NativeBuffer<T>(ledger, "operators: low-rank M2L, vectors");
        _targets = new NativeBuffer<T>(ledger, "operators: low-rank M2L, targets");
    }

    /// <inheritdoc/>
    public double HalfWidth { get; set; } = double.NaN;

    /// <inheritdoc/>
    public int Lane { get; private set; }

    /// <inheritdoc/>
    public int SourceRank { get; private set; }

    /// <summary>Coefficients of a target box: the rank.</summary>
    public int TargetRank { get; private set; }

    /// <summary>Whether the densities have a basis; else they are the coefficients.</summary>
    public bool HasSources => _sources.Length > 0;

    /// <summary>Densities to coefficients, packed.</summary>
    public T* Sources => _sources.Pointer;

    /// <summary>Coefficients to check potentials, packed.</summary>
    public T* Targets => _targets.Pointer;

    /// <summary>Bytes of all that is applied.</summary>
    public long Bytes => sizeof(T) * ((long)_sources.Length + _cores.Length + _targets.Length);

    /// <summary>All numbers that are applied.</summary>
    public T[] Numbers => [.. _sources.Span, .. _cores.Span, .. _targets.Span];

    private long CoreLength => PackedMatrix.Length(SourceRank, TargetRank, Lane);

    /// <inheritdoc/>
    public static LowRankOperators<T> Create(Ledger ledger) => new(ledger);

    /// <inheritdoc/>
    public static bool FollowsKernel(string matrix) => matrix is LowRankMatrices.S or LowRankMatrices.Cores;

    /// <summary>Coefficients of a source to coefficients of a target for a vector, packed.</summary>
    public T* Core(int vector) => _cores.Pointer + (vector * CoreLength);

    /// <inheritdoc/>
    public void Pack(PlainMatrices matrices, ExpansionSizes sizes, int lane, Jobs jobs)
    {
        PlainMatrix u = matrices[LowRankMatrices.U];
        _plain = matrices[LowRankMatrices.Cores];
        Lane = lane;
        TargetRank = u.Columns;
        SourceRank = _plain.Columns;
        _cores.Resize(checked((int)(VectorPairs.Count * CoreLength)));
        jobs.For(VectorPairs.Count, this);
        _plain = null;
        _targets.Resize(checked((int)PackedMatrix.Length(TargetRank, u.Rows, lane)));
        PackedMatrix.Pack(u.Elements, 1, TargetRank, TargetRank, u.Rows, lane, _targets.Pointer);
        if (!matrices.ByName.TryGetValue(LowRankMatrices.Sources, out PlainMatrix? sources))
        {
            _sources.Resize(0);
            return;
        }
        _sources.Resize(checked((int)PackedMatrix.Length(sources.Rows, SourceRank, lane)));
        PackedMatrix.Pack(sources.Elements, SourceRank, 1, sources.Rows, SourceRank, lane, _sources.Pointer);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => PackedMatrix.Pack(
        _plain!.Elements.Slice(unit * TargetRank * SourceRank, TargetRank * SourceRank), 1, SourceRank, SourceRank, TargetRank, Lane, Core(unit));

    /// <inheritdoc/>
    public void Dispose()
    {
        _sources.Dispose();
        _cores.Dispose();
        _targets.Dispose();
    }
}
