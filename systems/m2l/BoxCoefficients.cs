using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The coefficients of all boxes that have a far field in a basis common to their level, and how an M2L between coefficients is cut. Octets
/// of all levels that share operators stand in one list, so that the few of the coarse levels fill up blocks.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TOperators">The operators of a level.</typeparam>
internal sealed unsafe class BoxCoefficients<T, TOperators>(Ledger ledger) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperators : class, ILevelOperators<TOperators>, IBasisOperators
{
    /// <summary>Octets whose densities are compressed at once.</summary>
    public const int SourceOctets = 12;

    private readonly NativeBuffer<T> _values = new(ledger, "M2L: compressed densities");
    private readonly nint[] _first = new nint[Morton.MaxLevel + 1];
    private readonly nint[] _stride = new nint[Morton.MaxLevel + 1];
    private readonly TOperators?[] _operators = new TOperators?[Morton.MaxLevel + 1];
    private OctetTable? _table;
    private LevelColumn<Occupancy>? _holds;

    /// <summary>Runs of octets of one level.</summary>
    public NativeBuffer<RowRun> SourceUnits { get; } = new(ledger, "M2L: source units");

    /// <summary>Octets that are brought something, level by level.</summary>
    public NativeBuffer<TargetOctet> Targets { get; } = new(ledger, "M2L: target octets");

    /// <summary>Runs of <see cref="Targets"/> that share operators.</summary>
    public NativeBuffer<RowRun> TargetUnits { get; } = new(ledger, "M2L: target units");

    /// <summary>The coefficients.</summary>
    public T* Values => _values.Pointer;

    /// <summary>A level's operators.</summary>
    public TOperators Operators(int level) => _operators[level]!;

    /// <summary>Where a box's coefficients begin.</summary>
    public nint Offset(int level, int row) => _first[level] + (row * _stride[level]);

    /// <summary>Numbers from one box of a level to the next.</summary>
    public nint Stride(int level) => _stride[level];

    /// <summary>The 26 neighbours of an octet.</summary>
    public int* Neighbours(int level, int octet) => _table!.Neighbours(level).Pointer + ((nint)octet * TransferVectors.OctetCount);

    /// <summary>Whether an octet has targets and neighbours with sources.</summary>
    public bool HasTransfers(int level, int octet)
    {
        bool targets = false;
        for (int octant = 0; octant < 8; octant++) targets |= _holds![level][(8 * (nint)octet) + octant].Targets;
        int* neighbours = Neighbours(level, octet);
        bool any = false;
        for (int i = 0; i < TransferVectors.OctetCount; i++) any |= neighbours[i] >= 0;
        return targets && any;
    }

    /// <summary>Cuts the work over a tree and makes room for its coefficients.</summary>
    /// <param name="shape">The tree.</param>
    /// <param name="table">The octets' neighbours.</param>
    /// <param name="operators">The operators of its levels.</param>
    /// <param name="holds">Which nodes have sources and targets.</param>
    /// <param name="lane">Numbers of a register.</param>
    /// <param name="targetOctets">Most octets to which fields are brought at once.</param>
    public void Cut(TreeShape shape, OctetTable table, LevelSet<TOperators> operators, LevelColumn<Occupancy> holds, int lane, int targetOctets)
    {
        _table = table;
        _holds = holds;
        nint length = 0;
        int sources = 0, octets = 0, found = 0, units = 0;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++) octets += shape.OctetCount(level);
        SourceUnits.Resize((octets / SourceOctets) + shape.Depth + 1);
        Targets.Resize(octets);
        TargetUnits.Resize((octets / targetOctets) + shape.Depth + 1);
        int start = 0;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++)
        {
            TOperators here = operators[level];
            if (here.Lane != lane)
                throw new InvalidOperationException($"The operators are packed for registers of {here.Lane} numbers, and M2L runs with {lane}.");
            if (found > start && here != _operators[level - 1]) Close(ref start, found, ref units);
            _operators[level] = here;
            _stride[level] = PackedMatrix.Columns(here.SourceRank, lane);
            _first[level] = length;
            length += 8 * shape.OctetCount(level) * _stride[level];
            for (int octet = 0; octet < shape.OctetCount(level); octet += SourceOctets)
                SourceUnits.Pointer[sources++] = new RowRun(level, octet, Math.Min(SourceOctets, shape.OctetCount(level) - octet));
            for (int octet = 0; octet < shape.OctetCount(level); octet++)
            {
                if (!HasTransfers(level, octet)) continue;
                Targets.Pointer[found++] = new TargetOctet(level, octet);
                if (found - start == targetOctets) Close(ref start, found, ref units);
            }
        }
        if (found > start) Close(ref start, found, ref units);
        SourceUnits.Resize(sources);
        Targets.Resize(found);
        TargetUnits.Resize(units);
        _values.Resize(checked((int)length));
    }

    public void Dispose()
    {
        _values.Dispose();
        SourceUnits.Dispose();
        Targets.Dispose();
        TargetUnits.Dispose();
    }

    private void Close(ref int start, int end, ref int units)
    {
        TargetUnits.Pointer[units++] = new RowRun(Targets.Pointer[start].Level, start, end - start);
        start = end;
    }
}
