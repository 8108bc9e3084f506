using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// Some ranks as threads of one process, all operators left out: what falls to each and what they tell each other is counted at two steps of the same points,
/// which each rank draws from the whole cloud, and at a third whose points live with the ranks that own them and have moved a little.
/// </summary>
/// <param name="Cloud">The cloud: cube or plummer.</param>
/// <param name="Ranks">How many ranks.</param>
/// <param name="Each">Points that each is given.</param>
internal sealed record RankCase(string Cloud, int Ranks, int Each)
{
    /// <summary>How far a point moves between the last two steps: of the cube's edge, or of Plummer's core radius.</summary>
    public const double Motion = 1e-3;

    /// <summary>Points of a leaf at the most: near what the engine chooses, and the same in all cases, so that they compare.</summary>
    public const int Leaf = 128;

    // The same costs on every machine.
    private static readonly FmmOptions _options = new() { Order = 6, LeafCapacity = Leaf, Threads = 1, Calibration = new Calibration(1, 1) };

    /// <summary>Counts at the first, the second and the third step.</summary>
    public RankStep[] Run()
    {
        RankStep[] steps = [new(Ranks), new(Ranks), new(Ranks)];
        ThreadRanks.Run(Ranks, ranks => Run(ranks, steps), TimeSpan.FromMinutes(30));
        return steps;
    }

    private void Run(IRanks ranks, RankStep[] steps)
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), _options, ranks);
        using ThreadDispatcher dispatcher = new(1);
        // Expansions are neither set nor cleared: their rows have addresses, and no memory but where messages come in.
        method.Schedule.Remove<ClearLeftOut>().Remove<PrepareTransfers>().Remove<P2M>().Remove<M2M>().Remove<M2L>().Remove<P2L>().Remove<L2L>().Remove<L2P>().Remove<M2P>().Remove<P2P>();
        Draw(method.Input.Sources, ranks.Rank + 1);
        Step(method, ranks, dispatcher, steps[0]);
        Step(method, ranks, dispatcher, steps[1]);
        if (method.Link is not null)
        {
            method.Input.Sources.Resize(method.Link.Sources.Own);
            method.Tree.Input.Sources.Span[..method.Link.Sources.Own].CopyTo(method.Input.Sources.Span);
        }

        Move(method.Input.Sources.Span, ranks.Rank + 1);
        Step(method, ranks, dispatcher, steps[2]);
    }

    private static void Step(FmmMethod method, IRanks ranks, ThreadDispatcher dispatcher, RankStep step)
    {
        method.Charges.Values.Resize(method.Input.Sources.Length);
        method.Charges.Values.Span.Fill(1);
        method.Link?.BeginTraffic();
        method.Schedule.Update(FmmStep.Everything, dispatcher);
        step.Note(ranks.Rank, method);
    }

    private void Draw(NativeBuffer<Position> points, int seed)
    {
        points.Resize(Each);
        Xoshiro256 random = new(seed);
        foreach (ref Position point in points.Span) point = Cloud == "cube" ? default(UnitCube).Draw(ref random) : default(Plummer).Draw(ref random);
    }

    /// <summary>Moves each point by up to <see cref="Motion"/> along each axis.</summary>
    public static void Move(Span<Position> points, int seed)
    {
        Xoshiro256 random = new(-seed);
        foreach (ref Position point in points)
            point = new Position(point.X + random.Between(-Motion, Motion), point.Y + random.Between(-Motion, Motion), point.Z + random.Between(-Motion, Motion));
    }
}
