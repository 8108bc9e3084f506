using System.CommandLine;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>The options that say where operators are kept between runs.</summary>
internal sealed class CacheOptions
{
    /// <summary>The name of the option that names the folder.</summary>
    public const string Folder = "--cache";

    private readonly Option<string?> _folder = new(Folder)
    {
        Description = $"Folder that operators are kept in and loaded from; without it, those that take ten times as long to compute as to load are kept in {OperatorCache.DefaultFolder}",
        HelpName = "DIR",
    };

    private readonly Option<bool> _none = new("--no-cache") { Description = "Compute all operators, and keep none" };
    private readonly List<string> _notes = [];

    /// <summary>Adds the options to a command.</summary>
    public CacheOptions(Command command)
    {
        command.Options.Add(_folder);
        command.Options.Add(_none);
    }

    /// <summary>The cache that a command line asks for, or null.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="configured">The folder that its configuration names, or null.</param>
    /// <exception cref="InputException">Two options contradict each other, or the folder is a file.</exception>
    public OperatorCache? Cache(ParseResult parsed, string? configured)
    {
        string? folder = parsed.GetValue(_folder);
        if (parsed.GetValue(_none))
        {
            return folder is null ? null : throw new InputException($"{Folder} and --no-cache exclude each other; give one of them");
        }
        folder ??= configured;
        Check(folder);
        return new OperatorCache(folder, folder is null ? OperatorCachePolicy.WhereItPays : OperatorCachePolicy.Always, _notes.Add);
    }

    /// <summary>Refuses a folder that can be none.</summary>
    public static void Check(string? folder)
    {
        if (folder is "") throw new InputException($"{Folder} needs the name of a folder");
        if (folder is not null && File.Exists(folder)) throw new InputException($"{Folder} {InputException.Quote(folder)}: this is a file; name a folder");
    }

    /// <summary>Tells what the cache had to say during a run: once it is over, so that nothing stands in the progress's way.</summary>
    public void Tell(Terminal terminal)
    {
        foreach (string note in _notes) terminal.Note(note);
        _notes.Clear();
    }
}
