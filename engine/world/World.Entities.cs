namespace Fmm.Engine;

/// <content>Entities one at a time.</content>
public sealed unsafe partial class World
{
    private readonly Dictionary<(Archetype From, ComponentType Type, bool Add), Archetype> _moves = [];

    /// <summary>Makes an entity with zero components of the given types.</summary>
    /// <param name="signature">Its components; no block components.</param>
    /// <exception cref="InvalidOperationException">The signature holds a block component, or such rows are being iterated.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for it; nothing has changed.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for every component.</exception>
    public Entity Create(Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        lock (_gate)
        {
            Archetype archetype = Prepare(signature, 1);
            Span<Entity> name = archetype.Append(1);
            return name[0] = _table.Take(archetype.Number, archetype.Count - 1);
        }
    }

    /// <summary>Makes an entity with zero components of the given types.</summary>
    /// <param name="types">Its components.</param>
    /// <inheritdoc cref="Create(Signature)"/>
    public Entity Create(params ReadOnlySpan<ComponentType> types) => Create(Signature.Of(types));

    /// <summary>Makes many entities with zero components, standing behind each other in the order of the span.</summary>
    /// <param name="created">Receives the entities. It may not stand in columns of such rows, which move.</param>
    /// <param name="signature">Their components.</param>
    /// <exception cref="ArgumentException">The span stands in columns of such rows.</exception>
    /// <inheritdoc cref="Create(Signature)"/>
    public void Create(Span<Entity> created, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        lock (_gate)
        {
            Archetype archetype = FindOrMake(signature, Archetype.NoLevel, enBloc: false);
            if (archetype.Holds<Entity>(created))
                throw new ArgumentException($"The span to receive {created.Length} entities stands in a column of {signature}, which moves when they are made; give a span elsewhere.", nameof(created));
            Prepare(signature, created.Length);
            int first = archetype.Count;
            Span<Entity> names = archetype.Append(created.Length);
            for (int i = 0; i < names.Length; i++) names[i] = created[i] = _table.Take(archetype.Number, first + i);
        }
    }

    /// <summary>Whether the entity lives.</summary>
    /// <param name="entity">Any entity, of the past and of other worlds too.</param>
    public bool IsAlive(Entity entity) => entity.IsEnBloc
        ? entity.Owner == Id && entity.BlocNumber >= 0 && entity.BlocNumber < _blocs.Length && _blocs[entity.BlocNumber].IsAlive(entity)
        : _table.Find(entity) is not null;

    /// <summary>Removes an entity; later rows of its archetype close up in order, which costs time in their number: remove
    /// many with one call, or with a <see cref="CommandBuffer"/>.</summary>
    /// <param name="entity">A living entity made one at a time.</param>
    /// <exception cref="InvalidOperationException">It does not live, or it was made en bloc, or its rows are being iterated.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for every component.</exception>
    public void Destroy(Entity entity) => Destroy([entity]);

    /// <summary>The archetype that holds an entity.</summary>
    /// <param name="entity">A living entity.</param>
    /// <exception cref="InvalidOperationException">It does not live.</exception>
    public Archetype GetArchetype(Entity entity) => Locate(entity, out _);

    /// <summary>The row of an entity in its archetype.</summary>
    /// <param name="entity">A living entity.</param>
    /// <exception cref="InvalidOperationException">It does not live.</exception>
    public int GetRow(Entity entity)
    {
        Locate(entity, out int row);
        return row;
    }

    internal Archetype Locate(Entity entity, out int row)
    {
        if (entity.IsEnBloc)
        {
            if (!IsAlive(entity)) throw Dead(entity);
            row = entity.Row;
            return _blocs[entity.BlocNumber];
        }
        EntityRecord* record = _table.Find(entity);
        if (record is null) throw Dead(entity);
        row = record->Row;
        return _archetypes[record->Archetype];
    }

    /// <summary>The archetype of a signature with memory for more rows and names; under the lock.</summary>
    private Archetype Prepare(Signature signature, int more)
    {
        Archetype archetype = FindOrMake(signature, Archetype.NoLevel, enBloc: false);
        archetype.RequireChange();
        _table.Prepare(more);
        archetype.Prepare(checked(archetype.Count + more), keep: true);
        return archetype;
    }

    /// <summary>Moves an entity to the archetype with a component more or less.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="type">The component.</param>
    /// <param name="add">Whether it is more.</param>
    /// <param name="gaps">Keeps the gap that stays behind; null: it is closed at once.</param>
    private void Move(Entity entity, ComponentType type, bool add, List<Archetype>? gaps)
    {
        if (entity.IsEnBloc)
            throw new InvalidOperationException($"{entity} was made en bloc; its components are those of World.Rows and can't change.");
        lock (_gate)
        {
            Archetype from = Locate(entity, out int row);
            if (from.Signature.Has(type) == add)
                throw new InvalidOperationException(add ? $"{entity} already has {type}; use Set." : $"{entity} has no {type} to remove.");
            from.RequireChange();
            if (!_moves.TryGetValue((from, type, add), out Archetype? to))
            {
                Signature signature = add ? from.Signature.With(type) : from.Signature.Without(type);
                to = FindOrMake(signature, Archetype.NoLevel, enBloc: false);
                _moves.Add((from, type, add), to);
            }
            to.RequireChange();
            to.Prepare(checked(to.Count + 1), keep: true);
            to.Append(1)[0] = entity;
            int target = to.Count - 1;
            to.CopyRow(from, row, target);
            MovedRows++;
            EntityRecord* record = _table[entity.Id];
            record->Archetype = to.Number;
            record->Row = target;
            Vacate(from, row, gaps ?? _gaps);
            if (gaps is null) CloseUp(_gaps);
        }
    }

    private InvalidOperationException Dead(Entity entity)
    {
        ThrowIfDisposed();
        string why = entity.IsPlaceholder ? "it stands for what a command buffer makes, and only that buffer knows it, until its playback"
            : entity.Owner == 0 ? "it is Entity.Null"
            : entity.Owner != Id ? "it belongs to another world"
            : "it was destroyed";
        return new InvalidOperationException($"{entity} does not live in this world: {why}. Ask World.IsAlive first.");
    }
}
