using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Fmm.Samples;

/// <summary>The help, without the options that the scene on the command line does not take.</summary>
internal sealed class SceneHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        RunCommand.HideForeign(parseResult);
        return help.Invoke(parseResult);
    }
}
