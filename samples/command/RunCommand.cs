using System.CommandLine;
using System.CommandLine.Parsing;

namespace Fmm.Samples;

/// <summary><c>fmm run SCENE</c>: a scene out of <see cref="SceneSet"/>.</summary>
internal static class RunCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation)
    {
        Command command = new("run", "Run a scene and tell how it went");
        Argument<string> scene = new("SCENE") { Description = SceneSet.Help };
        scene.CompletionSources.Add([.. SceneSet.All.Select(one => one.Name)]);
        Option<int?> count = OptionShapes.WholeNumber("--n", "N", 1, 1 << 29, "Number of points (default: the scene's own)");
        Option<int?> steps = OptionShapes.WholeNumber("--steps", "S", 1, int.MaxValue, "Number of time steps of a scene that moves (default 100)");
        Option<int?> seed = OptionShapes.WholeNumber("--seed", "S", 0, int.MaxValue, "Seed of the points (default 1)");
        command.Arguments.Add(scene);
        command.Options.Add(count);
        command.Options.Add(steps);
        command.Options.Add(seed);
        FieldOptions field = new(command, verifyDefault: "1000");
        command.SetAction(parsed =>
        {
            Scene chosen = SceneSet.Named(parsed.GetValue(scene)!);
            Check(chosen, parsed, chosen.Moves ? ["--verify", "--repeat", "--gradient", "--kernel", "--parameter", "--strict", "--json"] : ["--steps"]);
            chosen.Run(new SceneRequest
            {
                Settings = field.Settings(parsed),
                Count = parsed.GetValue(count),
                Steps = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed) ?? 1,
                Verify = field.Verify(parsed),
                Repeat = field.Repeat(parsed),
                Json = field.Json(parsed),
                Terminal = terminal,
                Cancellation = cancellation,
            });
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Refuses options that the scene would silently ignore.</summary>
    private static void Check(Scene scene, ParseResult parsed, ReadOnlySpan<string> foreign)
    {
        foreach (string option in foreign)
        {
            if (parsed.GetResult(option) is OptionResult { Implicit: false })
            {
                throw new InputException($"{option} means nothing to the scene {scene.Name}; leave it out");
            }
        }
    }
}
