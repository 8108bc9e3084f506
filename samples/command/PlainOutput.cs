using System.Text;
using Spectre.Console;

namespace Fmm.Samples;

/// <summary>A writer for tables that says by itself how wide it is: asking the console would write escape codes to a terminal.</summary>
internal sealed class PlainOutput(TextWriter writer, int width) : IAnsiConsoleOutput
{
    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public int Height => int.MaxValue;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
    }
}
