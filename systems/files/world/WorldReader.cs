using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>Reads a world out of a file: first all of it beside the world, then in one go into it.</summary>
/// <param name="world">The world.</param>
/// <param name="file">The file.</param>
internal sealed unsafe class WorldReader(World world, Hdf5File file)
{
    private const string Damaged = "its checksum does not match its content: the file is damaged; take another copy, or the checkpoint before";
    private const int SlabItems = 1 << 14;

    /// <summary>What a file keeps beside rows.</summary>
    public static SavedState State(Hdf5File file) => Describe(file).State;

    /// <summary>Restores the world.</summary>
    public SavedState Restore()
    {
        SavedWorld saved = Describe(file);
        ComponentSearch components = new(world, file.Name);
        Signature[] signatures = [.. saved.Rows.Select(components.Signature)];
        List<(Archetype Of, ArchetypeCopy Copy)> copies = [];
        try
        {
            for (int i = 0; i < signatures.Length; i++) Add(copies, saved, i, world.ArchetypeOf(signatures[i], saved.Rows[i].Level, saved.Rows[i].EnBloc));
            EntityNames names = new(world, [.. copies.Select(copy => copy.Of)]);
            for (int i = 0; i < copies.Count; i++) Read(saved.Rows[i], copies[i].Of, copies[i].Copy, names);
            using Snapshot snapshot = new(world, copies, Table(saved, copies), archetype => WorldFile.IsMethods(world, archetype));
            snapshot.Restore();
        }
        catch
        {
            foreach ((_, ArchetypeCopy copy) in copies) copy.Dispose();
            throw;
        }
        Restore(saved.Numbers);
        FmmMethod.Invalidate(world);
        return saved.State;
    }

    private static SavedWorld Describe(Hdf5File file)
    {
        Hdf5Attributes root = file.Attributes();
        if (!root.Contains(WorldFile.Kind) || !root.Contains(WorldFile.Format) || root.Text(WorldFile.Kind) != WorldFile.World)
            throw new DataFileException(file.Name, "this is no file of a world; name one that WorldFile.Save or --checkpoint wrote");
        if (root.Integer(WorldFile.Format) is var format && format != WorldFile.PresentFormat)
            throw new DataFileException(file.Name, $"it is of format {format}, and this program's is {WorldFile.PresentFormat}; restore it with the version that wrote it");
        SortedDictionary<string, object> numbers = new(StringComparer.Ordinal);
        SavedState state = new(file.Name);
        Values(file, WorldFile.NumbersGroup, numbers.Add);
        Values(file, WorldFile.StateGroup, state.Put);
        int archetypes = Whole(file, WorldFile.RowsGroup, "archetypes"), ids = Whole(file, WorldFile.EntitiesGroup, "ids");
        int[] entities = new int[checked(ids * SavedWorld.NumbersOfAnId)];
        if (ids > 0) Dataset(file, $"{WorldFile.EntitiesGroup}/records", [ids, SavedWorld.NumbersOfAnId]).Read(entities.AsSpan());
        SavedWorld saved = new([.. Enumerable.Range(0, archetypes).Select(i => Rows(file, i))], entities, (int)file.Attributes(WorldFile.EntitiesGroup).Integer("free"), numbers, state);
        return saved.Checksum() == root.Text(WorldFile.Checksum) ? saved : throw new DataFileException(file.Name, Damaged);
    }

    private static void Values(Hdf5File file, string group, Action<string, object> add)
    {
        if (!file.Contains(group)) return;
        Hdf5Attributes attributes = file.Attributes(group);
        foreach (string name in attributes.Names)
        {
            add(name, attributes.Kind(name) switch
            {
                ElementKind.Text => attributes.Text(name),
                ElementKind.Int64 => attributes.Integer(name),
                _ => attributes.Numbers(name) is [double one] ? one : attributes.Numbers(name),
            });
        }
    }

    private static SavedRows Rows(Hdf5File file, int number)
    {
        string group = $"{WorldFile.RowsGroup}/{number}";
        Hdf5Attributes attributes = file.Attributes(group);
        // Deeper paths are fields of a column.
        int depth = group.Count(letter => letter == '/') + 1;
        IEnumerable<string> paths = file.Groups(group).Concat(file.Datasets(group)).Where(path => path.Count(letter => letter == '/') == depth);
        SavedColumn[] columns = [.. paths.Select(path => Column(file, path)).OrderBy(column => column.Key, StringComparer.Ordinal)];
        return new SavedRows((int)attributes.Integer("level"), attributes.Integer("en_bloc") != 0, Whole(file, group, "count"), columns);
    }

    private static SavedColumn Column(Hdf5File file, string path)
    {
        Hdf5Attributes attributes = file.Attributes(path);
        return new SavedColumn(path, attributes.Text("component"), attributes.Text("fields"), Whole(file, path, "bytes"), Whole(file, path, "stride"), attributes.Text(WorldFile.Checksum));
    }

    private static int Whole(Hdf5File file, string path, string name) => file.Attributes(path).Integer(name) is >= 0 and <= int.MaxValue and var value ? (int)value
        : throw new DataFileException(file.Name, $"{path}: the attribute {name} is out of range: the file is damaged; take another copy");

    private static Hdf5Dataset Dataset(Hdf5File file, string path, long[] shape)
    {
        Hdf5Dataset found = file.Dataset(path);
        return found.Shape.SequenceEqual(shape) ? found
            : throw new DataFileException(file.Name, $"{path} is of shape ({string.Join(", ", found.Shape)}) where ({string.Join(", ", shape)}) is told: the file is damaged; take another copy");
    }

    private void Add(List<(Archetype Of, ArchetypeCopy Copy)> copies, SavedWorld saved, int number, Archetype archetype)
    {
        SavedRows rows = saved.Rows[number];
        // A row that is named twice or never would leave names that lead nowhere.
        Entity[] entities = [];
        if (!rows.EnBloc)
        {
            entities = new Entity[rows.Count];
            int named = 0;
            for (int id = 0; id < saved.Entities.Length / SavedWorld.NumbersOfAnId; id++)
            {
                ReadOnlySpan<int> record = saved.Entities.AsSpan(id * SavedWorld.NumbersOfAnId, SavedWorld.NumbersOfAnId);
                if (record[0] != number) continue;
                if (record[1] < 0 || record[1] >= rows.Count || entities[record[1]] != default || record[2] <= 0)
                    throw new DataFileException(file.Name, $"entity {id} has no row of its own in {WorldFile.RowsGroup}/{number}: the file is damaged; take another copy");
                entities[record[1]] = new Entity(world.Id, id, record[2]);
                named++;
            }
            if (named != rows.Count) throw new DataFileException(file.Name, $"{named} entities have the {rows.Count} rows of {WorldFile.RowsGroup}/{number}: the file is damaged; take another copy");
        }
        copies.Add((archetype, new ArchetypeCopy(world.Ledger, archetype, rows.Count, [.. rows.Columns.Select(column => column.Stride)], entities)));
    }

    private static EntityTableCopy Table(SavedWorld saved, List<(Archetype Of, ArchetypeCopy Copy)> copies)
    {
        EntityRecord[] records = new EntityRecord[saved.Entities.Length / SavedWorld.NumbersOfAnId];
        int alive = 0;
        for (int id = 0; id < records.Length; id++)
        {
            ReadOnlySpan<int> record = saved.Entities.AsSpan(id * SavedWorld.NumbersOfAnId, SavedWorld.NumbersOfAnId);
            records[id] = new EntityRecord { Archetype = record[0] < 0 ? -1 : copies[record[0]].Of.Number, Row = record[1], Version = record[2], LastVersion = record[3] };
            if (record[0] >= 0) alive++;
        }
        return new EntityTableCopy(records, saved.Free, alive);
    }

    private void Read(SavedRows rows, Archetype archetype, ArchetypeCopy copy, EntityNames names)
    {
        for (int i = 0; i < rows.Columns.Count; i++)
        {
            SavedColumn column = rows.Columns[i];
            ComponentInfo info = archetype.Columns[i].Info;
            RowChecksum sum = new();
            foreach (ColumnPart part in ColumnPart.Of(column.Path, ComponentFields.Of(info.Value), info, rows.Count, column.Stride))
            {
                if (part.Stored == typeof(double)) Read<double>(part, copy.Column(i), names, ref sum);
                else if (part.Stored == typeof(float)) Read<float>(part, copy.Column(i), names, ref sum);
                else if (part.Stored == typeof(long)) Read<long>(part, copy.Column(i), names, ref sum);
                else Read<int>(part, copy.Column(i), names, ref sum);
            }
            if (sum.ToString() != column.Checksum) throw new DataFileException(file.Name, $"{column.Path}: {Damaged}");
        }
    }

    private void Read<T>(ColumnPart part, byte* column, EntityNames names, ref RowChecksum sum)
        where T : unmanaged, INumberBase<T>
    {
        Hdf5Dataset dataset = Dataset(file, part.Path, part.Shape);
        int slab = Math.Max(1, SlabItems / part.Stride) * part.Stride;
        T[] buffer = part.IsPacked ? [] : new T[slab * part.Width];
        for (long first = 0; first < part.Items; first += slab)
        {
            int count = (int)Math.Min(slab, part.Items - first);
            byte* memory = column + (first * part.Bytes);
            Span<T> numbers = part.IsPacked ? new Span<T>(memory, count * part.Width) : buffer.AsSpan(0, count * part.Width);
            dataset.ReadRows(first / part.Stride, numbers);
            sum.Add<T>(numbers);
            if (part.IsPacked) continue;
            fixed (T* from = buffer)
            {
                T* at = from;
                foreach (ComponentField field in part.Fields)
                {
                    FieldCopy.Read(field.Kind, memory + field.Offset, part.Bytes, at, part.Width, count, names);
                    at += field.Width;
                }
            }
        }
    }

    private void Restore(IReadOnlyDictionary<string, object> numbers)
    {
        if (numbers.ContainsKey(WorldFile.ClockSteps))
        {
            if (!world.TryResource(out SimulationClock? clock)) world.SetResource(clock = new SimulationClock());
            clock.Restore(new ClockState(
                (long)numbers[WorldFile.ClockSteps], (double)numbers[WorldFile.ClockLength], (double)numbers[WorldFile.ClockStart], (long)numbers[WorldFile.ClockSince]));
        }
        if (numbers.ContainsKey(WorldFile.NearOverFar) && world.TryResource(out LeafChoice? leaf))
            leaf.Recall((double)numbers[WorldFile.NearOverFar], (double)numbers[WorldFile.PairFactor]);
    }
}
