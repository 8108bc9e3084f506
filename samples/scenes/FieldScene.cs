using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The seeds' scene: a million charges in [-0.5, 0.5), their potential, its error, and where the time went.</summary>
/// <typeparam name="TCloud">How the points lie.</typeparam>
public sealed class FieldScene<TCloud>(string name, string description) : Scene
    where TCloud : struct, IPointCloud
{
    private const int Points = 1_000_000;
    private const int DirectSums = 1000;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Description => description;

    /// <inheritdoc/>
    public override bool RunsOverRanks => true;

    /// <inheritdoc/>
    public override void Run(SceneRequest request)
    {
        // Each rank draws its own share: together these are the points of one rank.
        (long first, long share) = new RowShare(request.Ranks.Rank, request.Ranks.Count).Of(request.Count ?? Points);
        int count = (int)share;
        (FieldRun run, Position[] points, double[] charges) = request.Ranks.Do(() =>
        {
            FieldRun made = FieldRun.Create(request.Settings, request.Ranks);
            if (request.Guard is { } guard) made.CheckMemory(guard, $"{name} with {count} points", count, null, copies: 1);
            return (made, PointClouds.Draw(default(TCloud), first, count, request.Seed, request.Cancellation),
                PointClouds.Charges(first * made.SourceComponents, checked(count * made.SourceComponents), request.Seed, request.Cancellation));
        });
        using FieldPlot? plot = FieldPlot.Open(request.Plot, request.Terminal.Outputs);
        FieldResult result = ProgressDisplay.Show(request.Terminal.Screen(), progress =>
            run.Evaluate(points, charges, null, request.Repeat, request.Verify ?? DirectSums, request.Cancellation, progress));
        plot?.Save(points, result);
        long peak = request.Ranks.Largest(PeakMemory.Bytes());
        SceneCheck[] checks = [.. Checks(request.Settings, result)];
        if (request.Json) FieldJson.Write(request.Terminal.Data, result, peak, request.Explain, checks);
        else FieldTable.Write(request.Terminal.People(), result, peak, request.Explain);
        if (!request.Json) foreach (SceneCheck check in checks) request.Terminal.Output.WriteLine(CheckReport.Text(check));
        FieldWarnings.Tell(request.Terminal, result.Report, request.Settings.Strict);
        CheckReport.Conclude(request, checks);
    }

    // An order promises something for the plain method and kernel alone.
    private static IEnumerable<SceneCheck> Checks(FieldSettings settings, FieldResult result)
    {
        if (result.Error is not { } error) yield break;
        bool isPlain = settings is { Kernel: "laplace", Periodic: null, Rank: null, RankTolerance: null, AlphaInner: null, AlphaOuter: null } && settings.Transfer != "lowrank";
        double? promise = settings.Tolerance ?? (isPlain ? Accuracy(settings.InSingle ? Precision.Single : Precision.Double, result.Report.Order) : null);
        if (promise is double tolerance) yield return new("error of the potential", error.PotentialL2, 0, tolerance, "direct sums");
    }
}
