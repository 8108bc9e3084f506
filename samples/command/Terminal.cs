using System.Text;
using Spectre.Console;

namespace Fmm.Samples;

/// <summary>
/// The two streams of a command: data (CSV, JSON) and words for people. Tests hand in memory streams; the process its own.
/// </summary>
public sealed class Terminal
{
    // Wide enough for every table: text in a pipe is never wrapped.
    private const int PipeWidth = 160;
    private readonly bool _outputIsScreen;
    private readonly bool _errorIsScreen;

    /// <summary>A terminal over two streams.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="outputIsScreen">True when a person watches standard output.</param>
    /// <param name="errorIsScreen">True when a person watches standard error: progress is drawn there.</param>
    public Terminal(Stream output, Stream error, bool outputIsScreen, bool errorIsScreen)
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Data = output;
        Output = new StreamWriter(output, utf8) { AutoFlush = true };
        Error = new StreamWriter(error, utf8) { AutoFlush = true };
        _outputIsScreen = outputIsScreen;
        _errorIsScreen = errorIsScreen;
    }

    /// <summary>Standard output as bytes.</summary>
    public Stream Data { get; }

    /// <summary>Standard output as text.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error as text.</summary>
    public TextWriter Error { get; }

    /// <summary>The process's own streams.</summary>
    public static Terminal Process()
    {
        bool dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";
        return new Terminal(
            Console.OpenStandardOutput(), Console.OpenStandardError(), !Console.IsOutputRedirected && !dumb, !Console.IsErrorRedirected && !dumb);
    }

    /// <summary>Where words for people go: standard output, or standard error while the output carries data.</summary>
    public IAnsiConsole People(bool outputIsData) => outputIsData ? Draw(Error, _errorIsScreen) : Draw(Output, _outputIsScreen);

    /// <summary>Where progress is drawn: a screen on standard error, else nowhere (null).</summary>
    public IAnsiConsole? Screen() => _errorIsScreen ? Draw(Error, true) : null;

    private static IAnsiConsole Draw(TextWriter writer, bool isScreen)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isScreen ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isScreen ? InteractionSupport.Yes : InteractionSupport.No,
        });
        if (!isScreen)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
