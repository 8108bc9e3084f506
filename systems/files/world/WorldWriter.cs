using System.Numerics;
using Fmm.Engine;

namespace Fmm.Files;

/// <summary>Writes a world into a file.</summary>
internal sealed unsafe class WorldWriter
{
    private const int SlabItems = 1 << 14;
    private readonly World _world;
    private readonly List<Archetype> _archetypes;
    private readonly EntityNames _names;
    private readonly Hdf5Writer _file;
    private readonly List<Action> _columns = [];

    private WorldWriter(World world, Hdf5Writer file)
    {
        _world = world;
        _file = file;
        _archetypes = [.. world.Archetypes.ToArray().Where(archetype => !WorldFile.IsMethods(world, archetype))];
        _names = new EntityNames(world, _archetypes);
    }

    /// <summary>Writes it.</summary>
    public static void Write(World world, SavedState state, Hdf5Writer file) => new WorldWriter(world, file).Write(state);

    private void Write(SavedState state)
    {
        SavedWorld saved = new([.. _archetypes.Select(Describe)], Entities(out int free), free, WorldFile.Numbers(_world), state);
        _file.Attribute("/", "created_by", "Fmm Engine");
        _file.Attribute("/", WorldFile.Kind, WorldFile.World);
        _file.Attribute("/", WorldFile.Format, (long)WorldFile.PresentFormat);
        _file.Attribute("/", WorldFile.Checksum, saved.Checksum());
        foreach ((string name, object value) in saved.Numbers) Attribute(WorldFile.NumbersGroup, name, value);
        foreach (string name in state.Names) Attribute(WorldFile.StateGroup, name, state[name]);
        _file.Attribute(WorldFile.RowsGroup, "archetypes", (long)saved.Rows.Count);
        _file.Attribute(WorldFile.EntitiesGroup, "ids", (long)(saved.Entities.Length / SavedWorld.NumbersOfAnId));
        _file.Attribute(WorldFile.EntitiesGroup, "free", (long)free);
        if (saved.Entities.Length > 0) _file.Dataset<int>($"{WorldFile.EntitiesGroup}/records", saved.Entities, [saved.Entities.Length / SavedWorld.NumbersOfAnId, SavedWorld.NumbersOfAnId]);
        for (int i = 0; i < saved.Rows.Count; i++) Declare(saved.Rows[i], _archetypes[i], i);
        foreach (Action column in _columns) column();
        _file.Finish(durable: true);
    }

    private int[] Entities(out int free)
    {
        EntityTableCopy table = _world.Table.Save();
        free = table.Free;
        Dictionary<int, int> numbers = [];
        for (int i = 0; i < _archetypes.Count; i++) numbers[_archetypes[i].Number] = i;
        int[] entities = new int[SavedWorld.NumbersOfAnId * table.Records.Length];
        for (int id = 0; id < table.Records.Length; id++)
        {
            EntityRecord record = table.Records[id];
            int[] one = [record.Archetype < 0 ? -1 : numbers[record.Archetype], record.Row, record.Version, record.LastVersion];
            one.CopyTo(entities, SavedWorld.NumbersOfAnId * id);
        }
        return entities;
    }

    private SavedRows Describe(Archetype archetype, int number)
    {
        List<SavedColumn> columns = [];
        foreach (Column column in archetype.Columns)
        {
            string name = column.Info.Name;
            for (int i = 2; columns.Exists(one => one.Path == WorldFile.PathOf(number, name)); i++) name = $"{column.Info.Name}_{i}";
            string path = WorldFile.PathOf(number, name);
            IReadOnlyList<ComponentField> fields = FieldsOf(column.Info);
            RowChecksum sum = new();
            foreach (ColumnPart part in ColumnPart.Of(path, fields, column.Info, archetype.Count, column.Stride)) Sum(part, column.Pointer, ref sum);
            columns.Add(new SavedColumn(path, column.Info.SortKey, string.Join(", ", fields.Select(field => field.Name)), column.Info.Bytes, column.Stride, sum.ToString()));
        }
        return new SavedRows(archetype.Level, archetype.IsEnBloc, archetype.Count, columns);
    }

    private static IReadOnlyList<ComponentField> FieldsOf(ComponentInfo info)
    {
        try
        {
            return ComponentFields.Of(info.Value);
        }
        catch (NotSupportedException fault)
        {
            throw new ArgumentException($"The component {info.Name} can't be saved: {fault.Message}.", fault);
        }
    }

    private void Declare(SavedRows rows, Archetype archetype, int number)
    {
        string group = $"{WorldFile.RowsGroup}/{number}";
        _file.Attribute(group, "signature", archetype.Signature.ToString());
        _file.Attribute(group, "count", (long)rows.Count);
        _file.Attribute(group, "level", (long)rows.Level);
        _file.Attribute(group, "en_bloc", rows.EnBloc ? 1L : 0);
        for (int i = 0; i < rows.Columns.Count; i++)
        {
            SavedColumn column = rows.Columns[i];
            Column memory = archetype.Columns[i];
            foreach (ColumnPart part in ColumnPart.Of(column.Path, FieldsOf(memory.Info), memory.Info, rows.Count, column.Stride)) Declare(part, memory);
            _file.Attribute(column.Path, "component", column.Key);
            _file.Attribute(column.Path, "fields", column.Fields);
            _file.Attribute(column.Path, "bytes", (long)column.Bytes);
            _file.Attribute(column.Path, "stride", (long)column.Stride);
            _file.Attribute(column.Path, WorldFile.Checksum, column.Checksum);
        }
    }

    private void Declare(ColumnPart part, Column memory)
    {
        if (part.Stored == typeof(double)) Declare<double>(part, memory);
        else if (part.Stored == typeof(float)) Declare<float>(part, memory);
        else if (part.Stored == typeof(long)) Declare<long>(part, memory);
        else Declare<int>(part, memory);
    }

    private void Declare<T>(ColumnPart part, Column memory)
        where T : unmanaged, INumberBase<T>
    {
        Hdf5Slabs<T> slabs = _file.Slabs<T>(part.Path, part.Shape);
        _columns.Add(() => Each<T>(part, memory.Pointer, slabs.Append));
    }

    private void Sum(ColumnPart part, byte* column, ref RowChecksum sum)
    {
        if (part.Stored == typeof(double)) Sum<double>(part, column, ref sum);
        else if (part.Stored == typeof(float)) Sum<float>(part, column, ref sum);
        else if (part.Stored == typeof(long)) Sum<long>(part, column, ref sum);
        else Sum<int>(part, column, ref sum);
    }

    private void Sum<T>(ColumnPart part, byte* column, ref RowChecksum sum)
        where T : unmanaged, INumberBase<T>
    {
        RowChecksum local = sum;
        Each<T>(part, column, numbers => local.Add(numbers));
        sum = local;
    }

    private void Each<T>(ColumnPart part, byte* column, Action<ReadOnlySpan<T>> take)
        where T : unmanaged, INumberBase<T>
    {
        int slab = Math.Max(1, SlabItems / part.Stride) * part.Stride;
        T[] buffer = part.IsPacked ? [] : new T[slab * part.Width];
        for (long first = 0; first < part.Items; first += slab)
        {
            int count = (int)Math.Min(slab, part.Items - first);
            byte* memory = column + (first * part.Bytes);
            if (part.IsPacked)
            {
                take(new ReadOnlySpan<T>(memory, count * part.Width));
                continue;
            }
            fixed (T* to = buffer)
            {
                T* at = to;
                foreach (ComponentField field in part.Fields)
                {
                    FieldCopy.Write(field.Kind, memory + field.Offset, part.Bytes, at, part.Width, count, _names);
                    at += field.Width;
                }
            }
            take(buffer.AsSpan(0, count * part.Width));
        }
    }

    private void Attribute(string group, string name, object value)
    {
        switch (value)
        {
            case string text: _file.Attribute(group, name, text); break;
            case long whole: _file.Attribute(group, name, whole); break;
            case double number: _file.Attribute(group, name, number); break;
            default: _file.Attribute(group, name, (double[])value); break;
        }
    }
}
