using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>
/// The same run twice, on one thread and on three: two galaxies in collision, from the same seed. Such a system of many bodies is chaotic, and a last digit that differs grows e-fold in a
/// fraction of the time that a body takes across (Miller 1964); so that a run can be repeated, each step's columns must be the same to the bit. <see cref="Snapshot.Hash"/> sums
/// up all of them in a number. That it sees what differs, another seed shows.
/// </summary>
public sealed class Replay : StillScene
{
    /// <inheritdoc/>
    public override string Name => "replay";

    /// <inheritdoc/>
    public override string Description => "two runs from one seed, on one thread and on three: the same bits at every step (2000 bodies)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Foreign => OfFields;

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        int steps = request.Steps ?? 20, threads = Math.Max(3, request.Settings.Threads ?? 3);
        SceneRequest small = request with { Count = request.Count ?? 2000, Steps = steps };
        ulong[] one = Hashes(small, steps, 1), many = Hashes(small, steps, threads), other = Hashes(small with { Seed = small.Seed + 1 }, steps, 1);
        return new SceneResult(
            [("bodies", small.Count), ("steps", steps), ("threads", threads), ("hash", one[^1].ToString("x16", System.Globalization.CultureInfo.InvariantCulture))],
            [
                new($"steps that differ between 1 thread and {threads}", one.Zip(many).Count(pair => pair.First != pair.Second), 0, 0, "one order of all sums"),
                new("steps that are the same from another seed", one.Zip(other).Count(pair => pair.First == pair.Second), 0, 0, "other bodies"),
            ]);
    }

    private static ulong[] Hashes(SceneRequest request, int steps, int threads)
    {
        using Simulation run = new Galaxies().Build(request with { Settings = request.Settings with { Threads = threads } });
        ulong[] hashes = new ulong[steps + 1];
        run.Begin();
        hashes[0] = Snapshot.Hash(run.World);
        for (int step = 1; step <= steps; step++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            run.Step();
            hashes[step] = Snapshot.Hash(run.World);
        }

        return hashes;
    }
}
