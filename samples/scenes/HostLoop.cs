using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A loop of your own around the engine: the host has its entities and moves them itself, makes some and removes others between steps by a <see cref="CommandBuffer"/>, and calls the
/// schedule when it wants the field. Here ions leave a small sphere in shells, drive each other outward (d^2x/dt^2 = q E / m), and end on a wall of radius 1. Charge is kept: once the first
/// shells have come through, as many end as begin.
/// </summary>
public sealed class HostLoop : StillScene
{
    private const double Source = 0.2, Wall = 1, Speed = 1, Step = 0.02, Together = 0.3;
    private const int Shells = 40, Sums = 100;
    private static readonly QueryDescription _ions = new QueryDescription().WithAll<Position, Velocity, Charge>().WithAll<Potential, Gradient>();

    /// <inheritdoc/>
    public override string Name => "host-loop";

    /// <inheritdoc/>
    public override string Description => "a loop of your own: ions made at a source, removed at a wall between steps (3000 ions)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Foreign => OfFields;

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        int shell = Math.Max(1, (request.Count ?? 3000) / Shells), steps = request.Steps ?? 100;
        FmmOptions options = Options(request, default(Laplace), shell * Shells, numbers: 20) with { Gradient = true };
        using World world = World.Create();
        using ThreadDispatcher threads = new(options.Threads);
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), options, FmmEntities.Of(_ions));
        CommandBuffer changes = new();
        Xoshiro256 random = new(request.Seed);
        (int made, int removed, int madeLate, int removedLate, double error) = (0, 0, 0, 0, 0);
        for (int step = 0; step < steps; step++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            Move(world);
            int gone = Change(world, changes, SphereSpiral.Of(shell, Source, 2 * Math.PI * random.Unit()), Together / (shell * Shells));
            (made, removed) = (made + shell, removed + gone);
            if (step >= steps - (Shells / 2)) (madeLate, removedLate) = (madeLate + shell, removedLate + gone);
            method.Schedule.Update(default, threads, request.Cancellation);
            if (step % 10 == 0) error = Math.Max(error, method.Verify(Sums, Jobs.Serial, request.Cancellation).PotentialL2);
        }

        List<SceneCheck> checks =
        [
            new("ions that are there", world.CountEntities(in _ions), made - removed, 0, "made less removed"),
            new("error of the field, largest of the run", error, 0, Accuracy(options, method.ExpansionSizes.Order), "direct sums"),
        ];
        // Free flight to the wall takes as many steps as there are shells; driven, it takes fewer.
        if (steps >= Shells * 3 / 2) checks.Add(new("ions that end over those that begin, at last", (double)removedLate / madeLate, 1, 0.1, "charge is kept"));
        return new SceneResult([("ions", world.CountEntities(in _ions)), ("made", made), ("removed", removed), ("steps", steps), ("order", method.ExpansionSizes.Order), ("threads", options.Threads)], checks);
    }

    // The host's own: a kick by the field of the last update, and a drift.
    private static void Move(World world)
    {
        const double kick = 4 * Math.PI * Step;
        foreach (ref Chunk ions in world.Query(_ions))
        {
            Span<Position> at = ions.Write<Position>();
            Span<Velocity> v = ions.Write<Velocity>();
            ReadOnlySpan<Gradient> slope = ions.Read<Gradient>();
            for (int row = 0; row < at.Length; row++)
            {
                v[row] = new(v[row].X - (kick * slope[row].X), v[row].Y - (kick * slope[row].Y), v[row].Z - (kick * slope[row].Z));
                at[row] = new(at[row].X + (Step * v[row].X), at[row].Y + (Step * v[row].Y), at[row].Z + (Step * v[row].Z));
            }
        }
    }

    // Inside of the loop over rows changes are recorded; they are made when it is over.
    private static int Change(World world, CommandBuffer changes, Position[] shell, double charge)
    {
        int gone = 0;
        foreach (ref Chunk ions in world.Query(_ions))
        {
            ReadOnlySpan<Position> at = ions.Read<Position>();
            for (int row = 0; row < at.Length; row++)
            {
                if ((at[row].X * at[row].X) + (at[row].Y * at[row].Y) + (at[row].Z * at[row].Z) <= Wall * Wall) continue;
                changes.Destroy(ions.Entity(row));
                gone++;
            }
        }

        foreach (Position at in shell)
        {
            Entity ion = changes.Create(_ions.All);
            changes.Set(ion, at);
            changes.Set(ion, new Velocity(Speed / Source * at.X, Speed / Source * at.Y, Speed / Source * at.Z));
            changes.Set(ion, new Charge(charge));
        }

        changes.Playback(world);
        return gone;
    }
}
