using System.Globalization;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>What the numbers of a run follow from: a checkpoint of another run is not gone on from.</summary>
internal static class RunIdentity
{
    private const string Prefix = "run: ";

    /// <summary>Notes it in a checkpoint.</summary>
    public static void Keep(SavedState state, Simulation simulation, SceneRequest request, int bodies)
    {
        foreach ((string name, string value) in Of(simulation, request, bodies)) state.Set(Prefix + name, value);
    }

    /// <summary>Refuses the checkpoint of another run.</summary>
    /// <exception cref="InputException">It is of another scene, or with other options.</exception>
    public static void Require(string file, SavedState state, Simulation simulation, SceneRequest request, int bodies)
    {
        foreach ((string name, string value) in Of(simulation, request, bodies))
        {
            string kept = state.Has(Prefix + name) ? state.Text(Prefix + name) : throw new InputException($"{LongRun.ResumeOption} {file}: this is a world, but no checkpoint of fmm run ({name} is missing); name one");
            if (kept == value) continue;
            throw new InputException(
                $"{LongRun.ResumeOption} {file}: the checkpoint is of a run with {name} {kept}, and this one has {value}; run it with the options that it was written with, or begin without {LongRun.ResumeOption}");
        }
    }

    private static IEnumerable<(string Name, string Value)> Of(Simulation simulation, SceneRequest request, int bodies)
    {
        FieldSettings settings = request.Settings;
        yield return ("the scene", simulation.Name);
        yield return ("--n", Text(bodies));
        yield return ("--seed", Text(request.Seed));
        yield return ("the kernel", simulation.Method.Kernel);
        yield return ("--order", Text(simulation.Method.ExpansionSizes.Order));
        yield return ("--precision", simulation.Method.Options.Precision.ToString().ToLowerInvariant());
        yield return ("--m2l", simulation.Method.ExpansionSizes.Strategy.ToString().ToLowerInvariant());
        yield return ("--leaf", Text(settings.Leaf));
        yield return ("--max-level", Text(settings.MaxLevel));
        yield return ("--alpha-inner", Text(settings.AlphaInner));
        yield return ("--alpha-outer", Text(settings.AlphaOuter));
        yield return ("--rank", Text(settings.Rank));
        yield return ("--rank-tolerance", Text(settings.RankTolerance));
        yield return ("--digits", settings.FullDigits ? "full" : "order");
    }

    private static string Text<T>(T value) => value is null ? "chosen by the engine" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
