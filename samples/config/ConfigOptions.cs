using System.CommandLine;

namespace Fmm.Samples;

/// <summary>The option --config of a command: a line adds it, another reads the file.</summary>
internal sealed class ConfigOptions
{
    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = "Configuration in JSON with PyExaFMM's keys; .json may be left out, options given here win (docs/pyexafmm.md)",
        HelpName = "FILE",
    };

    private RunConfig? _read;

    /// <summary>Adds the option to a command.</summary>
    public ConfigOptions(Command command) => command.Options.Add(_config);

    /// <summary>What the file says; nothing where none is named. It is read once.</summary>
    /// <exception cref="InputException">It can't be read or used.</exception>
    public RunConfig Read(ParseResult parsed) => _read ??= parsed.GetValue(_config) is string path ? ConfigReader.Read(path) : RunConfig.None;
}
