using Fmm.Components;

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
    public override void Run(SceneRequest request)
    {
        FieldRun run = FieldRun.Create(request.Settings);
        int count = request.Count ?? Points;
        if (request.Guard is { } guard) run.CheckMemory(guard, $"{name} with {count} points", count, null, copies: 1);
        using FieldPlot? plot = FieldPlot.Open(request.Plot, request.Terminal.Outputs);
        Position[] points = PointClouds.Draw(default(TCloud), count, request.Seed, request.Cancellation);
        double[] charges = PointClouds.Charges(checked(count * run.SourceComponents), request.Seed, request.Cancellation);
        FieldResult result = ProgressDisplay.Show(request.Terminal.Screen(), progress =>
            run.Evaluate(points, charges, null, request.Repeat, request.Verify ?? DirectSums, request.Cancellation, progress));
        plot?.Save(points, result);
        long peak = PeakMemory.Bytes();
        if (request.Json) FieldJson.Write(request.Terminal.Data, result.Report, result.Error, peak, ForceSums.Of(result.Forces));
        else FieldTable.Write(request.Terminal.People(), result.Report, result.Error, peak, ForceSums.Of(result.Forces));
        FieldWarnings.Tell(request.Terminal, result.Report, request.Settings.Strict);
    }
}
