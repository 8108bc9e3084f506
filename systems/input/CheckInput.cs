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
    private readonly RankLink? _link;

    internal CheckInput(World world, ExpansionSizes expansion, FmmOptions options, RankLink? link)
        : base(world)
    {
        _link = link;
        Access access = new Access()
            .ReadResource<StepChange>().ReadResource<EntityInput>().WriteResource<TreeShape>().WriteResource<FieldOrigin>().WriteResource<FieldOutput>();
        Access = link is null ? access.ReadResource<PointInput>().WriteResource<ChargeInput>() : access.WriteResource<GivenInput>().WriteResource<RankLink>();
        _expansion = expansion;
        _options = options;
        _reader = new InputReader(world.Ledger, "input: sums");
    }

    /// <inheritdoc/>
    public override Access Access { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A number of charges does not fit the points, or a coordinate or a charge is not finite
    /// or too large.</exception>
    /// <exception cref="InvalidOperationException">There are no points; or the step says that the points did not change, and they
    /// did, or no update with these points has ended.</exception>
    public override void Update(in FmmStep step)
    {
        // Over ranks the given points are looked at where they are given: a message names them by their own numbers.
        GivenInput? given = _link is null ? null : World.Resource<GivenInput>();
        PointInput points = given?.Points ?? World.Resource<PointInput>();
        ChargeInput charges = given?.Charges ?? World.Resource<ChargeInput>();
        FieldOrigin origin = World.Resource<FieldOrigin>();
        if (_link is null && (points.Sources.Length == 0 || points.TargetCount == 0))
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
        (double largestCharge, double smallest, double largest) = (_reader.LargestCharge, _reader.SmallestCoordinate, Math.Max(_reader.LargestSource, _reader.LargestTarget));
        if (_link is not null) (largestCharge, smallest, largest) = OfAllRanks(_link, largestCharge, smallest, largest);
        charges.Unit = InputRules.ChargeUnit(largestCharge);
        shape.IsExtreme = InputRules.AreExtreme(smallest / shape.Unit, largest / shape.Unit);
        origin.Begin(input, domain, newTree);
        World.Resource<FieldOutput>().Clear();
        given?.Fields.Clear();
    }

    // Units are those of all points, whoever was given them.
    private (double Charge, double Smallest, double Largest) OfAllRanks(RankLink link, double charge, double smallest, double largest)
    {
        double[] numbers = [charge, largest, smallest == 0 ? double.NegativeInfinity : -smallest];
        link.Tell(Name, () => link.Ranks.Largest<double>(numbers));
        return (numbers[0], double.IsNegativeInfinity(numbers[2]) ? 0 : -numbers[2], numbers[1]);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        base.Dispose();
    }
}
