using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Refuses points and charges that the other systems could not take, finds the unit of the charges and whether lengths spread too far for
/// one, notes which input the update computes from, and empties the fields, which <see cref="GatherFields"/> fills at the end: an update
/// that fails leaves none.
/// </summary>
/// <remarks>
/// A host that fills points and charges does so before the update, or in a system before <see cref="BoundPoints"/>. A refused update leaves the
/// fields of the one before.
/// </remarks>
public sealed class CheckInput : BaseSystem<World, FmmStep>
{
    private readonly ExpansionSizes _expansion;
    private readonly FmmOptions _options;
    private readonly InputReader _reader;

    internal CheckInput(World world, ExpansionSizes expansion, FmmOptions options)
        : base(world)
    {
        _expansion = expansion;
        _options = options;
        _reader = new InputReader(world.Ledger, "input: sums");
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .ReadResource<StepChange>().ReadResource<PointInput>().ReadResource<EntityInput>().WriteResource<ChargeInput>().WriteResource<TreeShape>().WriteResource<FieldOrigin>().WriteResource<FieldOutput>();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A number of charges does not fit the points, or a coordinate or a charge is not finite
    /// or too large.</exception>
    /// <exception cref="InvalidOperationException">There are no points; or the step says that the points did not change, and they
    /// did, or no update with these points has ended.</exception>
    public override void Update(in FmmStep step)
    {
        PointInput points = World.Resource<PointInput>();
        ChargeInput charges = World.Resource<ChargeInput>();
        FieldOrigin origin = World.Resource<FieldOrigin>();
        if (points.Sources.Length == 0 || points.TargetCount == 0)
            throw new InvalidOperationException("There are no points: give at least one source and one target, by FmmMethod.Tree.Input.Set, before an update.");
        InputRules.Length("FmmMethod.Charges", charges.Values.Length, points.Sources.Length, _expansion.SourceComponents);
        InputRules.Room(points.TargetCount, (_options.Gradient ? 3 : 1) * _expansion.PotentialComponents);
        if (_options.Hessian) InputRules.Room(points.TargetCount, 6);
        InputSum input = _reader.Read(points, charges, Jobs);
        EntityInput rows = World.Resource<EntityInput>();
        InputRules.Points(points.Sources.Span, _reader.LargestSource, "FmmMethod.Tree.Input.Sources", rows.Sources);
        if (!points.Shared) InputRules.Points(points.Targets.Span, _reader.LargestTarget, "FmmMethod.Tree.Input.Targets", rows.Targets);
        InputRules.Charges(charges.Values.Span, _reader.LargestCharge, "FmmMethod.Charges", rows.Sources, _expansion.SourceComponents);
        TreeShape shape = World.Resource<TreeShape>();
        RootCube domain = shape.RootCube;
        bool newTree = World.Resource<StepChange>().NeedsTree;
        if (!newTree && !origin.IsTreeOf(input, domain))
        {
            throw new InvalidOperationException(
                $"The step says that the points did not change, but {(origin.HasTree ? "the tree is not that of these points" : "no update with new points has ended")}: update with FmmStep.Everything.");
        }
        charges.Unit = InputRules.ChargeUnit(_reader.LargestCharge);
        shape.IsExtreme = InputRules.AreExtreme(_reader.SmallestCoordinate / shape.Unit, Math.Max(_reader.LargestSource, _reader.LargestTarget) / shape.Unit);
        origin.Begin(input, domain, newTree);
        World.Resource<FieldOutput>().Clear();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        base.Dispose();
    }
}
