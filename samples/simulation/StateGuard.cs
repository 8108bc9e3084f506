using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Looks at what each system has written of the bodies as soon as it ends, and stops the run at the first number that is not finite: it names the system that
/// made it and the entity. One pass over the columns that were written; the field itself is looked at by the method.
/// </summary>
internal sealed unsafe class StateGuard : IProgress<SystemProgress>
{
    private readonly Simulation _simulation;
    private readonly Dictionary<string, Access> _systems = new(StringComparer.Ordinal);
    private readonly Dictionary<ComponentInfo, FieldKind?> _kinds = [];
    private bool _hasLooked;
    private bool _hasBegun;

    /// <summary>Watches a scene that is set up.</summary>
    public StateGuard(Simulation simulation)
    {
        _simulation = simulation;
        foreach (ScheduleNode node in simulation.Schedule.Nodes)
            if (node.SystemType != typeof(WriteEntities)) _systems[node.Name] = node.Access;
        simulation.Watch = this;
    }

    /// <summary>The step that runs or comes next; 0 while the first field is computed.</summary>
    public long Step => _hasBegun ? _simulation.Clock.Steps + 1 : 0;

    /// <inheritdoc/>
    /// <exception cref="DivergedException">The system has left a number that is not finite.</exception>
    public void Report(SystemProgress value)
    {
        _hasLooked = true;
        if (_systems.TryGetValue(value.System, out Access? access)) Look(value.System, access);
    }

    /// <summary>After a step: where it made no update that was watched, all columns are looked at.</summary>
    /// <exception cref="DivergedException">A number is not finite.</exception>
    public void AfterStep()
    {
        if (!_hasLooked) Look(null, Access.Exclusive);
        _hasLooked = false;
        _hasBegun = true;
    }

    /// <summary>Whether all numbers are finite.</summary>
    internal static bool AreFinite(double* numbers, long count)
    {
        Vector<ulong> exponent = new(0x7FF0_0000_0000_0000), found = Vector<ulong>.Zero;
        long i = 0;
        for (; i + Vector<ulong>.Count <= count; i += Vector<ulong>.Count)
            found |= Vector.Equals(Unsafe.ReadUnaligned<Vector<ulong>>(numbers + i) & exponent, exponent);
        bool all = found == Vector<ulong>.Zero;
        for (; i < count; i++) all &= double.IsFinite(numbers[i]);
        return all;
    }

    /// <summary>Whether all numbers are finite.</summary>
    internal static bool AreFinite(float* numbers, long count)
    {
        Vector<uint> exponent = new(0x7F80_0000), found = Vector<uint>.Zero;
        long i = 0;
        for (; i + Vector<uint>.Count <= count; i += Vector<uint>.Count)
            found |= Vector.Equals(Unsafe.ReadUnaligned<Vector<uint>>(numbers + i) & exponent, exponent);
        bool all = found == Vector<uint>.Zero;
        for (; i < count; i++) all &= float.IsFinite(numbers[i]);
        return all;
    }

    // Past the access that a running system has: this is nobody's system, and it reads what has just been written.
    private void Look(string? system, Access access)
    {
        foreach (Archetype rows in _simulation.World.Query(_simulation.Bodies).Matches)
        {
            foreach (Column column in rows.Columns)
            {
                if (!access.Allows(column.Info, AccessKind.Write | AccessKind.Create) || KindOf(column.Info) is not FieldKind kind || AreFinite(column.Pointer, kind, column.UsedBytes)) continue;
                int row = 0;
                while (AreFinite(column.Row(row), kind, column.RowBytes)) row++;
                throw new DivergedException(Text(system, rows, column, row));
            }
        }
    }

    private static bool AreFinite(byte* numbers, FieldKind kind, long bytes) =>
        kind == FieldKind.Double ? AreFinite((double*)numbers, bytes / sizeof(double)) : AreFinite((float*)numbers, bytes / sizeof(float));

    // Components that hold anything but numbers of one sort are left alone.
    private FieldKind? KindOf(ComponentInfo info)
    {
        if (!_kinds.TryGetValue(info, out FieldKind? kind)) _kinds.Add(info, kind = KindOf(ComponentFields.Of(info.Value)));
        return kind;
    }

    // Apart, so that the closure is not made at every look.
    private static FieldKind? KindOf(IReadOnlyList<ComponentField> fields) =>
        fields.Count > 0 && fields[0].Kind is FieldKind.Double or FieldKind.Single && fields.All(field => field.Kind == fields[0].Kind) ? fields[0].Kind : null;

    private string Text(string? system, Archetype rows, Column column, int row)
    {
        IEnumerable<string> numbers = ComponentFields.Of(column.Info.Value).Select(field => FormattableString.Invariant(
            $"{field.Name} {(field.Kind == FieldKind.Double ? *(double*)(column.Row(row) + field.Offset) : *(float*)(column.Row(row) + field.Offset))}"));
        string who = system is null ? "the step" : $"the system {system}";
        return $"step {Step}: {who} left {column.Info.Name} of {rows.EntityAt(row)}, row {row} of {rows.Signature}, with {string.Join(", ", numbers)}; take shorter steps or a softened kernel, or look at the bodies near it";
    }
}
