using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// M2L by matrix products with compressed matrices. All densities become coefficients of a common basis; then, octets by block
/// and class of sources by class: the coefficients of the sources that are there become those of the fields that reach an
/// octet, eight mirror images add up to the eight parities, and each parity goes to its check potentials by one product. An
/// octet's 8 x 8 x 26 transfers are thus 8 x 26 (see <see cref="OctetMirrors"/>), of low rank.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed class CompressedM2L<T, TRegister> : M2L
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private static readonly QueryDescription _nodes = new QueryDescription()
        .WithAll<Occupancy>().WithBlock<Multipole, T>().WithBlock<Local, T>();

    private readonly NodeRows _rows = new();
    private readonly LevelColumn<Occupancy> _holds = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly BoxCoefficients<T, CompressedOperators<T>> _coefficients;
    private readonly CompressJob<T, TRegister> _compress;
    private readonly SpreadJob<T, TRegister> _spread;

    /// <summary>The system for expansions of the given sizes.</summary>
    public CompressedM2L(World world, ExpansionSizes expansion)
        : base(world)
    {
        _coefficients = new BoxCoefficients<T, CompressedOperators<T>>(world.Ledger);
        _compress = new CompressJob<T, TRegister>(world.Ledger, expansion, _coefficients, _multipoles, _locals, _holds);
        _spread = new SpreadJob<T, TRegister>(world.Ledger, expansion, _coefficients, _locals, _holds);
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).WriteBlock<Local, T>().ReadResource<TreeShape>().ReadResource<OctetTable>().ReadResource<LevelSet<CompressedOperators<T>>>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        OctetTable table = World.Resource<OctetTable>();
        LevelSet<CompressedOperators<T>> operators = World.Resource<LevelSet<CompressedOperators<T>>>();
        _rows.Read(World.Query(in _nodes));
        _holds.Read(_rows);
        _multipoles.Read(_rows);
        _locals.Write(_rows);
        _coefficients.Cut(shape, table, operators, _holds, TRegister.Count, SpreadJob<T, TRegister>.Octets);
        _compress.Prepare(Jobs.WorkerCount, Counters);
        Jobs.For(_coefficients.SourceUnits.Length, _compress);
        _spread.Prepare(Jobs.WorkerCount, Counters);
        Jobs.For(_coefficients.TargetUnits.Length, _spread);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _compress.Dispose();
        _spread.Dispose();
        _coefficients.Dispose();
        base.Dispose();
    }
}
