using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// M2L by matrices of low rank (Kailasa, Wang, Barba and Betcke 2022): the transfer matrix of every vector is the same U times a small matrix of
/// its own, so that what reaches a box is summed up first and multiplied by U once. Densities become coefficients once a box, too;
/// then, octets by block and vector by vector, all pairs of boxes that lie so are multiplied at once, their rows read and added to
/// where they stand.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed class LowRankM2L<T, TRegister> : M2L
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    // A block of many octets reads the matrices from beyond the caches less often; of few, there is enough to share out in a small tree.
    private const int LeastOctets = 12, MostOctets = 128, Blocks = 32;

    private static readonly QueryDescription _nodes = new QueryDescription()
        .WithAll<Occupancy>().WithBlock<Multipole, T>().WithBlock<Local, T>();

    private readonly NodeRows _rows = new();
    private readonly LevelColumn<Occupancy> _holds = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly BoxCoefficients<T, LowRankOperators<T>> _coefficients;
    private readonly LowRankSources<T, TRegister> _sources;
    private readonly LowRankTargets<T, TRegister> _targets;

    /// <summary>The system for expansions of the given sizes.</summary>
    public LowRankM2L(World world, ExpansionSizes expansion)
        : base(world)
    {
        _coefficients = new BoxCoefficients<T, LowRankOperators<T>>(world.Ledger);
        _sources = new LowRankSources<T, TRegister>(world.Ledger, expansion, _coefficients, _multipoles, _locals, _holds);
        _targets = new LowRankTargets<T, TRegister>(world.Ledger, expansion, _coefficients, _locals, _holds);
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).WriteBlock<Local, T>().ReadResource<TreeShape>().ReadResource<OctetTable>().ReadResource<LevelSet<LowRankOperators<T>>>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _rows.Read(World.Query(in _nodes));
        _holds.Read(_rows);
        _multipoles.Read(_rows);
        _locals.Write(_rows);
        int octets = 0;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++) octets += shape.OctetCount(level);
        _coefficients.Cut(
            shape, World.Resource<OctetTable>(), World.Resource<LevelSet<LowRankOperators<T>>>(), _holds, TRegister.Count,
            Math.Clamp(octets / Blocks, LeastOctets, MostOctets));
        _sources.Prepare(Jobs.WorkerCount, Counters);
        Jobs.For(_coefficients.SourceUnits.Length, _sources);
        _targets.Prepare(Jobs.WorkerCount, Counters);
        Jobs.For(_coefficients.TargetUnits.Length, _targets);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sources.Dispose();
        _targets.Dispose();
        _coefficients.Dispose();
        base.Dispose();
    }
}
