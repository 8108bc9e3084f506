using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Fmm.Samples;

/// <summary>The help, without the options that the scene on the command line does not take.</summary>
/// <param name="help">The parser's own.</param>
/// <param name="width">Columns of a screen, or null for a pipe.</param>
internal sealed class SceneHelp(HelpAction help, int? width) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        RunCommand.HideForeign(parseResult);
        help.MaxWidth = width ?? int.MaxValue;
        return help.Invoke(parseResult);
    }
}
