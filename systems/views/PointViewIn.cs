using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The view of points and fields that are stored in a precision.</summary>
/// <param name="world">The world.</param>
/// <param name="sizes">The kernel's components.</param>
/// <param name="gradient">Whether gradients are computed.</param>
/// <param name="factor">What a unit charge's potential in units of the given length is to be multiplied by: normalisation and scale.</param>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class PointViewIn<T>(World world, ExpansionSizes sizes, bool gradient, Func<double, double> factor) : PointView
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag, InputIndex>();
    private static readonly QueryDescription _targets = new QueryDescription().WithAll<TargetTag, InputIndex>();
    private static readonly QueryDescription _far = _targets.WithBlock<FarField, T>();
    private static readonly QueryDescription _near = _targets.WithBlock<NearField, T>();

    public override Access GatherSources(Access access) => access.Gather(in _sources).ReadResource<PointInput>().ReadResource<ChargeInput>();

    public override Access GatherTargets(Access access) => access.Gather(in _targets).ReadResource<PointInput>();

    public override Access WriteFarFields(Access access) => Written(access, in _far).WriteBlock<FarField, T>();

    public override Access WriteNearFields(Access access) => Written(access, in _near).WriteBlock<NearField, T>();

    public override void ReadSources(SourceRange range, Span<Position> places, Span<double> charges = default)
    {
        ReadOnlySpan<InputIndex> index = Rows(in _sources, range.Start, range.Count);
        Read(index, world.Resource<PointInput>().Sources.Span, places);
        if (charges.IsEmpty) return;
        int components = sizes.SourceComponents;
        InputRules.Length(nameof(charges), charges.Length, range.Count, components);
        Span<double> all = world.Resource<ChargeInput>().Values.Span;
        for (int i = 0; i < index.Length; i++)
            for (int c = 0; c < components; c++) charges[(c * range.Count) + i] = all[(index[i].Value * components) + c];
    }

    public override void ReadTargets(TargetRange range, Span<Position> places)
    {
        PointInput input = world.Resource<PointInput>();
        Read(Rows(in _targets, range.Start, range.Count), input.Shared ? input.Sources.Span : input.Targets.Span, places);
    }

    public override void SetFarFields(TargetRange range, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients = default) =>
        Put(SortedPoints.Of(world.Query(in _far)).WriteBlock<FarField, T>(), range, potentials, gradients, add: false);

    public override void AddFarFields(TargetRange range, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients = default) =>
        Put(SortedPoints.Of(world.Query(in _far)).WriteBlock<FarField, T>(), range, potentials, gradients, add: true);

    public override void SetNearFields(TargetRange range, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients = default) =>
        Put(SortedPoints.Of(world.Query(in _near)).WriteBlock<NearField, T>(), range, potentials, gradients, add: false);

    private static Access Written(Access access, in QueryDescription fields) => access.Read(in fields).ReadResource<TreeShape>().ReadResource<ChargeInput>();

    private ReadOnlySpan<InputIndex> Rows(in QueryDescription points, int start, int count)
    {
        ReadOnlySpan<InputIndex> rows = SortedPoints.Of(world.Query(in points)).Read<InputIndex>();
        if (start < 0 || count < 0 || start > rows.Length - count)
            throw new ArgumentException($"Points {start} to {start + count - 1L} are asked for, but there are {rows.Length}: take the ranges of the tree as it stands.");
        return rows.Slice(start, count);
    }

    private static void Read(ReadOnlySpan<InputIndex> index, ReadOnlySpan<Position> input, Span<Position> places)
    {
        if (places.Length < index.Length) throw new ArgumentException($"{index.Length} points need as many places, not {places.Length}.", nameof(places));
        for (int i = 0; i < index.Length; i++) places[i] = input[index[i].Value];
    }

    private void Put(BlockSpan<T> fields, TargetRange range, ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients, bool add)
    {
        int components = sizes.PotentialComponents;
        if (range.Start < 0 || range.Count < 0 || range.Start > fields.Rows - range.Count)
            throw new ArgumentException($"Targets {range.Start} to {range.End - 1} are given fields, but there are {fields.Rows}: take the ranges of the tree as it stands.");
        InputRules.Length(nameof(potentials), potentials.Length, range.Count, components);
        InputRules.Length(nameof(gradients), gradients.Length, range.Count, gradient ? 3 * components : 0);
        double unit = world.Resource<TreeShape>().Unit, potential = world.Resource<ChargeInput>().Unit * factor(unit), slope = potential / unit;
        for (int i = 0; i < range.Count; i++)
        {
            Span<T> row = fields[range.Start + i];
            for (int c = 0; c < row.Length; c++)
            {
                T value = T.CreateTruncating(
                    c < components ? potentials[(c * range.Count) + i] / potential : gradients[((c - components) * range.Count) + i] / slope);
                row[c] = add ? row[c] + value : value;
            }
        }
    }
}
