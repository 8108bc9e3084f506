using System.Text.Json;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Reads the expansions while the method runs: a system between M2M and M2L adds up the equivalent densities of every level. Whatever the
/// level, they must have the charge and the dipole moment of the points. It shows how a system of your own reads expansions.
/// </summary>
public sealed class Multipoles : Scene
{
    /// <inheritdoc/>
    public override string Name => "multipoles";

    /// <inheritdoc/>
    public override string Description => "charge and dipole of every level, read between M2M and M2L (100000 charges)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Foreign => ["--steps", .. OfFields];

    /// <inheritdoc/>
    public override void Run(SceneRequest request)
    {
        int count = request.Count ?? 100_000;
        FmmOptions options = FieldRun.Options(request.Settings);
        request.Guard?.Check($"{Name} with {count} charges", MemoryEstimate.Of(new Laplace(), options, count), 32.0 * count, count);
        Position[] points = PointClouds.Draw(default(Plummer), count, request.Seed, request.Cancellation);
        double[] charges = PointClouds.Charges(count, request.Seed, request.Cancellation);

        using World world = World.Create();
        using ThreadDispatcher threads = new(options.Threads);
        Schedule<FmmStep> schedule = new(Name);
        using FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, schedule);
        ReadMoments moments = new(world, method.Expansions);
        schedule.Add(moments).After<M2M>().Before<M2L>();

        method.Tree.Input.Set(points);
        method.Charges.Values.Resize(count);
        charges.CopyTo(method.Charges.Values.Span);
        schedule.Update(FmmStep.Everything, threads, request.Cancellation);
        Conclude(request, moments.Levels, Of(points, charges), method.ExpansionSizes.Order);
    }

    private static Moment Of(Position[] points, double[] charges)
    {
        Moment sum = default;
        double scale = 0;
        for (int i = 0; i < points.Length; i++)
        {
            sum = sum.With(charges[i], points[i]);
            scale += Math.Abs(charges[i]);
        }
        return sum with { Scale = scale };
    }

    private static void Conclude(SceneRequest request, IReadOnlyList<Moment> levels, Moment points, int order)
    {
        Moment[] filled = [.. levels.Where(level => level.Nodes > 0)];
        SceneCheck[] checks = filled.Length == 0 ? [] :
            [new("a level's charge and dipole off those of the points, over the sum of magnitudes", filled.Max(level => level.Distance(points)) / points.Scale, 0, Math.Pow(10, -order / 2.0), "the method")];
        if (request.Json) Write(request.Terminal.Data, levels, points, order, checks);
        else Tell(request.Terminal.Output, levels, points, order, checks);
        CheckReport.Conclude(request, checks);
    }

    private static void Write(Stream stream, IReadOnlyList<Moment> levels, Moment points, int order, SceneCheck[] checks)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("scene", "multipoles");
            json.WriteNumber("order", order);
            json.WritePropertyName("points");
            JsonSerializer.Serialize(json, new { points.Charge, points.X, points.Y, points.Z }, _json);
            json.WritePropertyName("levels");
            JsonSerializer.Serialize(json, levels.Select((sum, level) => new { level, sum.Nodes, sum.Charge, sum.X, sum.Y, sum.Z }).Where(row => row.Nodes > 0), _json);
            CheckReport.Write(json, checks);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Tell(TextWriter output, IReadOnlyList<Moment> levels, Moment points, int order, SceneCheck[] checks)
    {
        output.WriteLine($"multipoles: order {order}, charges and dipole moments of the leaves' and inner nodes' densities");
        output.WriteLine("            nodes         charge       dipole x       dipole y       dipole z");
        for (int level = 0; level < levels.Count; level++)
            if (levels[level].Nodes > 0) output.WriteLine($"level {level,2}{levels[level].Nodes,9}{Text(levels[level])}");
        output.WriteLine($"points           {Text(points)}");
        if (checks.Length == 0) output.WriteLine("no level is deep enough for expansions");
        foreach (SceneCheck check in checks) output.WriteLine(CheckReport.Text(check));

        static string Text(Moment moment) => $"{moment.Charge,15:0.000000}{moment.X,15:0.000000}{moment.Y,15:0.000000}{moment.Z,15:0.000000}";
    }

    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>A total charge and its dipole moment about the origin.</summary>
    /// <param name="Nodes">Nodes that it was summed over.</param>
    /// <param name="Charge">The charge.</param>
    /// <param name="X">Dipole moment along x.</param>
    /// <param name="Y">Along y.</param>
    /// <param name="Z">Along z.</param>
    /// <param name="Scale">Sum of the charges' magnitudes.</param>
    public readonly record struct Moment(int Nodes, double Charge, double X, double Y, double Z, double Scale)
    {
        /// <summary>This and a point charge.</summary>
        public Moment With(double charge, in Position at) =>
            this with { Charge = Charge + charge, X = X + (charge * at.X), Y = Y + (charge * at.Y), Z = Z + (charge * at.Z) };

        /// <summary>The largest difference of a number.</summary>
        public double Distance(in Moment other) => Math.Max(
            Math.Max(Math.Abs(Charge - other.Charge), Math.Abs(X - other.X)), Math.Max(Math.Abs(Y - other.Y), Math.Abs(Z - other.Z)));
    }

    /// <summary>Adds up the densities of each level: a leaf's charges count for all deeper levels.</summary>
    private sealed class ReadMoments(World world, ExpansionView expansions) : BaseSystem<World, FmmStep>(world)
    {
        private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, SourceRange>();
        private readonly double[] _density = new double[expansions.Sizes.DensityCount];
        private readonly Moment[] _levels = new Moment[Morton.MaxLevel + 1];

        public IReadOnlyList<Moment> Levels => _levels;

        public override Access Access { get; } = expansions.GatherMultipoles(new Access()).Read<NodeKey>().Read<NodeLinks>().Read<SourceRange>();

        public override void Update(in FmmStep step)
        {
            Array.Clear(_levels);
            Moment leaves = default;
            foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
            {
                // Above level 2 nothing is far enough for an expansion.
                if (nodes.Level < 2) continue;
                Moment sum = leaves;
                for (int row = 0; row < nodes.Count; row++)
                {
                    if (nodes.Read<SourceRange>()[row].Count == 0) continue;
                    expansions.ReadMultipole(in nodes, row, _density);
                    Moment own = new(1, 0, 0, 0, 0, 0);
                    for (int i = 0; i < _density.Length; i++) own = own.With(_density[i], expansions.Point(in nodes, row, i));
                    sum = Joined(sum, own);
                    if (nodes.Read<NodeLinks>()[row].IsLeaf) leaves = Joined(leaves, own);
                }
                _levels[nodes.Level] = sum;
            }

            static Moment Joined(Moment a, Moment b) => new(a.Nodes + b.Nodes, a.Charge + b.Charge, a.X + b.X, a.Y + b.Y, a.Z + b.Z, 0);
        }
    }
}
