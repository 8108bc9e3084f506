using System.CommandLine;
using System.CommandLine.Parsing;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary><c>fmm run SCENE</c>: a scene out of <see cref="SceneSet"/>.</summary>
internal static class RunCommand
{
    private const string Name = "run";

    /// <summary>The command for the parser.</summary>
    public static Command Build(RankLaunch launch)
    {
        Command command = new(Name, "Run a scene and tell how it went");
        Argument<string> scene = new("SCENE") { Description = SceneSet.Help };
        scene.CompletionSources.Add([.. SceneSet.All.Select(one => one.Name)]);
        Option<int?> count = OptionShapes.WholeNumber("--n", "N", 1, 1 << 29, "Number of points (default: the scene's own)");
        Option<int?> steps = OptionShapes.WholeNumber("--steps", "S", 1, int.MaxValue, "Number of time steps (default: the scene's own)");
        Option<int?> seed = OptionShapes.WholeNumber("--seed", "S", 0, int.MaxValue, "Seed of the points (default 1)");
        command.Arguments.Add(scene);
        command.Options.Add(count);
        command.Options.Add(steps);
        command.Options.Add(seed);
        LongRunOptions longRun = new(command);
        ViewOptions view = new(command);
        SeriesOptions series = new(command);
        Option<string?> plot = PlotOption.Make();
        command.Options.Add(plot);
        command.Options.Add(RankLaunch.MakeOption());
        FieldOptions field = new(command, verifyDefault: "1000");
        foreach (Option option in command.Options)
        {
            Scene[] others = [.. SceneSet.All.Where(one => Foreign(one).Contains(option.Name))];
            if (option.Name == RankLaunch.Option) option.Description += $"; of the scenes {string.Join(", ", RankScenes.Names)}";
            else if (LongRunOptions.Names.Contains(option.Name)) option.Description += "; of scenes that move";
            else if (others.Length > 0) option.Description += $"; not with {string.Join(", ", others.Select(one => one.Name))}";
        }

        command.SetAction(parsed => launch.Run(parsed, ranks =>
        {
            (Terminal terminal, RankMachine machine) = (launch.Terminal, RankMachine.Of(ranks));
            (Scene chosen, SceneRequest request) = ranks.Do(() => Ask(parsed));
            Fingerprint.Require(ranks, Fingerprint.Of(parsed));
            try
            {
                chosen.Run(request);
            }
            finally
            {
                field.TellStore(terminal);
            }
            return ExitCode.Done;

            (Scene Scene, SceneRequest Request) Ask(ParseResult parsed)
            {
                Scene chosen = SceneSet.Named(parsed.GetValue(scene)!);
                Check(chosen, parsed);
                RankScenes.Check(ranks, chosen, parsed);
                bool json = field.Json(parsed);
                if (json) terminal.Claim(null, isOutput: true);
                FieldSettings settings = field.Settings(parsed);
                if (chosen.Foreign.Contains("--kernel") && settings.Kernel != Laplace.Name && settings.Kernel != chosen.Kernel)
                    throw new InputException($"--config: the scene {chosen.Name} is of the kernel {chosen.Kernel}, not {settings.Kernel}; run another scene or leave the key kernel out");
                return (chosen, new SceneRequest
                {
                    Ranks = ranks,
                    Settings = settings with { Threads = settings.Threads ?? machine.Threads },
                    Count = parsed.GetValue(count) ?? field.Config(parsed).Count,
                    Steps = parsed.GetValue(steps),
                    Seed = parsed.GetValue(seed) ?? 1,
                    Verify = field.Verify(parsed),
                    Repeat = field.Repeat(parsed),
                    Json = json,
                    Explain = field.Explain(parsed),
                    LongRun = chosen is MovingScene ? longRun.Of(parsed, chosen.Name) : null,
                    Guard = field.Guard(parsed, terminal, machine.Ranks),
                    ViewPort = view.Port(parsed),
                    Pictures = series.Pictures(parsed),
                    Series = series.Series(parsed),
                    Plot = parsed.GetValue(plot),
                    Terminal = terminal,
                    Cancellation = launch.Cancellation,
                });
            }
        }));
        return command;
    }

    /// <summary>Takes out of a scene's help what the scene does not take.</summary>
    public static void HideForeign(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is not { Name: Name } command) return;
        if (SceneSet.All.FirstOrDefault(one => parsed.Tokens.Any(token => token.Value == one.Name)) is not Scene scene) return;
        foreach (Option option in command.Options) option.Hidden |= Foreign(scene).Contains(option.Name) || (option.Name == RankLaunch.Option && !scene.RunsOverRanks);
    }

    // A scene of one field has no steps to go on from.
    private static IEnumerable<string> Foreign(Scene scene) => scene is MovingScene
        ? scene.Foreign
        : [.. scene.Foreign, .. LongRunOptions.Names, .. ViewOptions.Names, .. SeriesOptions.Names];

    /// <summary>Refuses options that the scene would silently ignore.</summary>
    private static void Check(Scene scene, ParseResult parsed)
    {
        foreach (string option in Foreign(scene))
        {
            if (parsed.GetResult(option) is OptionResult { Implicit: false })
                throw new InputException($"{option} means nothing to the scene {scene.Name}; leave it out");
        }
    }
}
