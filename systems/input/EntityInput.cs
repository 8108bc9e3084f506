using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: the host's rows that are the points, and the way of their numbers into the input and of the field back. Without them the host fills arrays.</summary>
internal sealed unsafe class EntityInput : IDisposable
{
    private static readonly EntityColumn _positions = EntityColumn.Of<Position>();
    private readonly FmmEntities? _entities;
    private readonly World _world;
    private readonly Ledger _ledger;
    private readonly RowTransfer _transfer;
    private readonly bool _gradient;

    /// <summary>The way for entities, or for none.</summary>
    /// <param name="world">Their world.</param>
    /// <param name="own">The method's own rows.</param>
    /// <param name="entities">Which they are; null where the host fills arrays.</param>
    /// <param name="gradient">Whether gradients are computed.</param>
    public EntityInput(World world, TreeLayout own, FmmEntities? entities, bool gradient)
    {
        _world = world;
        _entities = entities;
        _gradient = gradient;
        _ledger = world.Ledger;
        _transfer = new RowTransfer(_ledger);
        if (entities is null) return;
        Sources = new EntityRows(world, own, entities.Sources, entities.IsShared ? RequireBoth : RequireSource);
        Targets = entities.IsShared ? Sources : new EntityRows(world, own, entities.Targets, RequireTarget);
    }

    /// <summary>The rows of the sources; null where the host fills arrays.</summary>
    public EntityRows? Sources { get; }

    /// <summary>The rows of the targets, which may be those of the sources; null where the host fills arrays.</summary>
    public EntityRows? Targets { get; }

    /// <summary>Copies positions and charges into the input.</summary>
    /// <param name="points">Receives the positions.</param>
    /// <param name="charges">Receives the charges.</param>
    /// <param name="jobs">Where it runs.</param>
    /// <returns>What differs from what stood there.</returns>
    /// <exception cref="InvalidOperationException">Rows lack a component that is needed.</exception>
    public FieldChange Read(PointInput points, ChargeInput charges, Jobs jobs)
    {
        FieldChange change = FieldChange.None;
        if (!Fits(points, charges))
        {
            change = FieldChange.Everything;
            Sources!.Note();
            if (!_entities!.IsShared) Targets!.Note();
            points.Shared = _entities.IsShared;
            points.Sources.Resize(Room(Sources));
            points.Targets.Resize(points.Shared ? 0 : Room(Targets!));
            charges.Values.Resize(checked(Room(Sources) * _entities.Charge.Numbers));
        }
        AddInput(_transfer, points, charges);
        change |= _transfer.Read(jobs);
        StandIn(points, charges);
        return change;
    }

    /// <summary>Tells whether the input is what the rows hold still.</summary>
    /// <param name="points">The positions that were read.</param>
    /// <param name="charges">The charges that were read.</param>
    /// <param name="jobs">Where they are compared.</param>
    public bool IsCurrent(PointInput points, ChargeInput charges, Jobs jobs)
    {
        if (_entities is null) return true;
        if (!Fits(points, charges)) return false;
        // Apart from the one of a running update.
        using RowTransfer transfer = new(_ledger);
        AddInput(transfer, points, charges);
        return transfer.Compare(jobs) == FieldChange.None;
    }

    /// <summary>Copies the field to the rows of the targets: whole, if it fails late, too.</summary>
    /// <param name="fields">The field.</param>
    /// <param name="jobs">Where it runs.</param>
    /// <exception cref="InvalidOperationException">The rows are others than those that were read.</exception>
    public void Write(FieldOutput fields, Jobs jobs)
    {
        if (!Targets!.AreCurrent)
            throw new InvalidOperationException("Entities that are targets were made or removed between ReadEntities and WriteEntities: do it before the one or after the other, or record it in a CommandBuffer and play that back after the update.");
        if (fields.Potentials.Length != (long)Room(Targets) * _entities!.Potential.Numbers || (_gradient && fields.Gradients.Length != (long)Room(Targets) * _entities.Gradient.Numbers))
            throw new InvalidOperationException("FieldOutput was resized between GatherFields and WriteEntities: leave its length to the method.");
        _transfer.Clear();
        _transfer.Add(Targets, _entities.Potential, fields.Potentials.Pointer, FieldChange.None, write: true);
        if (_gradient) _transfer.Add(Targets, _entities.Gradient, fields.Gradients.Pointer, FieldChange.None, write: true);
        _transfer.Write(jobs);
    }

    /// <summary>Puts the rows into the order of the sorted points.</summary>
    /// <exception cref="InvalidOperationException">There are no rows, or they are not those of the tree.</exception>
    public void Sort(TreeResources tree)
    {
        if (_entities is null) throw new InvalidOperationException("No entities are the points: give FmmSchedule.Create the FmmEntities that are.");
        if (!Sources!.AreCurrent || !Targets!.AreCurrent || tree.Points.Sources != Room(Sources) || tree.Points.Targets != Room(Targets))
            throw new InvalidOperationException("The tree is not that of the entities that there are: update first, and sort before any is made or removed.");
        QueryDescription index = new QueryDescription().WithAll<InputIndex>();
        Sources.Sort(SortedPoints.Of(_world.Query(index.WithAll<SourceTag>())).Read<InputIndex>());
        if (!ReferenceEquals(Sources, Targets)) Targets.Sort(SortedPoints.Of(_world.Query(index.WithAll<TargetTag>())).Read<InputIndex>());
    }

    /// <inheritdoc/>
    public void Dispose() => _transfer.Dispose();

    // Without sources one of charge zero stands for them, without targets one whose field nobody reads: no system has to know.
    private static int Room(EntityRows rows) => Math.Max(1, rows.Count);

    private bool Fits(PointInput points, ChargeInput charges) =>
        Sources!.AreCurrent && Targets!.AreCurrent && points.Shared == _entities!.IsShared && points.Sources.Length == Room(Sources)
        && (points.Shared || points.Targets.Length == Room(Targets)) && charges.Values.Length == (long)Room(Sources) * _entities.Charge.Numbers;

    private void AddInput(RowTransfer transfer, PointInput points, ChargeInput charges)
    {
        transfer.Clear();
        transfer.Add(Sources!, _positions, (double*)points.Sources.Pointer, FieldChange.Positions);
        if (!points.Shared) transfer.Add(Targets!, _positions, (double*)points.Targets.Pointer, FieldChange.Positions);
        transfer.Add(Sources!, _entities!.Charge, charges.Values.Pointer, FieldChange.Charges);
    }

    // Where the others are, so that the tree is theirs.
    private void StandIn(PointInput points, ChargeInput charges)
    {
        if (Sources!.Count == 0)
        {
            Position first = Targets!.Count == 0 ? default : points.Targets[0];
            points.Sources[0] = double.IsFinite(first.X + first.Y + first.Z) ? first : default;
            charges.Values.Clear();
        }
        if (Targets!.Count == 0 && !points.Shared) points.Targets[0] = points.Sources[0];
    }

    private void RequireBoth(Signature rows)
    {
        RequireSource(rows);
        RequireTarget(rows);
    }

    private void RequireSource(Signature rows)
    {
        Require(rows, "sources", _positions.Type);
        Require(rows, "sources", _entities!.Charge.Type);
    }

    private void RequireTarget(Signature rows)
    {
        Require(rows, "targets", _positions.Type);
        if (rows.Has(_entities!.Potential.Type) || (_gradient && rows.Has(_entities.Gradient.Type))) return;
        string outputs = _gradient ? $"neither {_entities.Potential.Type} nor {_entities.Gradient.Type}" : $"no {_entities.Potential.Type}";
        throw new InvalidOperationException($"Rows of {rows} are targets by their query, but have {outputs} for the field: create them with one, or tell sources and targets apart with FmmEntities.Of(sources, targets).");
    }

    private static void Require(Signature rows, string what, ComponentType type)
    {
        if (!rows.Has(type))
            throw new InvalidOperationException($"Rows of {rows} are {what} by their query, but have no {type}: create them with one, or narrow the query to rows that have it.");
    }
}
