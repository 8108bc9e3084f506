using System.Text;
using Fmm.Files;
using Spectre.Console;

namespace Fmm.Samples;

/// <summary>
/// The two streams of a command: data (CSV, JSON) and words for people. The two never meet in one file: words go where the data
/// does not, or nowhere. Tests hand in memory streams; the process its own.
/// </summary>
public sealed class Terminal
{
    // Wide enough for every table: text in a pipe is never wrapped.
    private const int PipeWidth = 160;
    private bool _outputIsScreen;
    private bool _errorIsScreen;
    private bool _outputIsData;
    private bool _errorIsData;
    private bool _dataHasBegun;
    private volatile bool _isStepping;
    private string _rank = "";

    /// <summary>A terminal over two streams.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error. What can't be written there is dropped: it decides no exit code.</param>
    /// <param name="outputIsScreen">True when a person watches standard output.</param>
    /// <param name="errorIsScreen">True when a person watches standard error: progress is drawn there.</param>
    public Terminal(Stream output, Stream error, bool outputIsScreen, bool errorIsScreen)
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Written = new OutputStream(output);
        Output = new StreamWriter(Written, utf8) { AutoFlush = true };
        Error = new StreamWriter(Words = new WordStream(error), utf8) { AutoFlush = true };
        _outputIsScreen = outputIsScreen;
        _errorIsScreen = errorIsScreen;
    }

    /// <summary>Standard output as bytes; a fault is an <see cref="OutputException"/>.</summary>
    public Stream Data => Written;

    /// <summary>Standard output as text; a fault is an <see cref="OutputException"/>.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error as text.</summary>
    public TextWriter Error { get; }

    /// <summary>What is open under standard output; null where that is not a file of the system.</summary>
    internal FileIdentity? OutputIdentity { get; private init; }

    /// <summary>What is open under standard error; null where that is not a file of the system.</summary>
    internal FileIdentity? ErrorIdentity { get; private init; }

    private OutputStream Written { get; }

    private WordStream Words { get; }

    /// <summary>Output files that are not finished.</summary>
    internal OpenOutputs Outputs { get; private init; } = new();

    /// <summary>Whether this is one of several ranks and not the first: it says nothing but why it ends.</summary>
    internal bool IsMute => Written.Silent;

    /// <summary>From now on this process is a rank among others.</summary>
    /// <param name="rank">Which.</param>
    /// <param name="count">How many there are.</param>
    internal void BeRank(int rank, int count)
    {
        // What a launcher gives its processes looks like a screen, and nobody sits before it.
        _outputIsScreen = _errorIsScreen = false;
        if (rank == 0) return;
        _rank = $"rank {rank} of {count}: ";
        Written.Silent = Words.Silent = true;
    }

    /// <summary>The terminal of a rank that is a thread of this process; that of rank 0 is this one.</summary>
    internal Terminal OfRank(int rank, int count)
    {
        if (rank == 0) return this;
        Terminal own = new(Stream.Null, Words.Bytes, outputIsScreen: false, errorIsScreen: false)
        {
            Outputs = Outputs,
            _errorIsData = _errorIsData,
            _dataHasBegun = _dataHasBegun || Written.HasBegun,
        };
        own.BeRank(rank, count);
        return own;
    }

    /// <summary>The process's own streams.</summary>
    public static Terminal Process()
    {
        bool dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";
        if (!OperatingSystem.IsLinux())
        {
            return new Terminal(
                Console.OpenStandardOutput(), Console.OpenStandardError(), !Console.IsOutputRedirected && !dumb, !Console.IsErrorRedirected && !dumb);
        }

        bool hasOutput = Descriptor.IsInherited(Descriptor.Output), hasError = Descriptor.IsInherited(Descriptor.Error);
        return new Terminal(
            new DescriptorStream(hasOutput ? Descriptor.Output : -1, "standard output"), new DescriptorStream(hasError ? Descriptor.Error : -1, "standard error"),
            hasOutput && !dumb && Posix.IsTerminal(Descriptor.Output) == 1, hasError && !dumb && Posix.IsTerminal(Descriptor.Error) == 1)
        {
            OutputIdentity = hasOutput ? FileIdentity.Of(Descriptor.Output) : null,
            ErrorIdentity = hasError ? FileIdentity.Of(Descriptor.Error) : null,
        };
    }

    /// <summary>Tells where data will go; words keep away from there.</summary>
    /// <param name="file">The file, if it is one that exists already.</param>
    /// <param name="isOutput">True where it is standard output itself.</param>
    internal void Claim(FileIdentity? file, bool isOutput)
    {
        FileIdentity? data = isOutput ? OutputIdentity : file;
        _outputIsData |= isOutput || FileIdentity.Meet(data, OutputIdentity);
        _errorIsData |= FileIdentity.Meet(data, ErrorIdentity);
        Words.Silent = _errorIsData || IsMute;
    }

    /// <summary>Whether a step runs, or its checkpoint is written: the first signal lets it end, however long it takes.</summary>
    internal bool IsStepping
    {
        get => _isStepping;
        set => _isStepping = value;
    }

    /// <summary>Whether a person watches standard output.</summary>
    internal bool OutputIsScreen => _outputIsScreen;

    /// <summary>The columns of the screen that standard output is; null where it is none.</summary>
    internal int? OutputWidth => _outputIsScreen ? ScreenWidth.Of(Descriptor.Output) : null;

    /// <summary>Tells that data is being written in place from now on.</summary>
    internal void BeginData() => _dataHasBegun = true;

    /// <summary>True where data goes into the file that standard output is.</summary>
    internal bool OutputIsData => _outputIsData;

    /// <summary>Where words for people go: standard output, or standard error while the output carries data.</summary>
    public IAnsiConsole People() => _outputIsData
        ? Draw(Error, _errorIsScreen ? ScreenWidth.Of(Descriptor.Error) : PipeWidth)
        : Draw(Output, OutputWidth ?? PipeWidth);

    /// <summary>
    /// Tells in one line on standard error why the run ends. Where that is the file of the data it is told only if no data is in it yet.
    /// </summary>
    public void Refuse(string message)
    {
        Words.Silent = _errorIsData && (_dataHasBegun || Written.HasBegun);
        Error.WriteLine($"fmm: {_rank}{message.ReplaceLineEndings(" ")}");
    }

    /// <summary>Tells in one line on standard error what the user should know although the run goes on.</summary>
    internal void Note(string message) => Error.WriteLine($"fmm: note: {message.ReplaceLineEndings(" ")}");

    /// <summary>Writes a last line on standard error from another thread, if that takes no waiting; the progress is wiped away.</summary>
    internal void LastWord(string message)
    {
        if (IsMute || (_errorIsData && (_dataHasBegun || Written.HasBegun))) return;
        Words.WriteIfReady(Encoding.UTF8.GetBytes($"{(_errorIsScreen ? ProgressLine.Wipe : "")}fmm: {message}\n"));
    }

    /// <summary>Where progress is drawn: a screen on standard error, else nowhere (null).</summary>
    internal ProgressLine? Screen() => _errorIsScreen ? new ProgressLine(Error, () => ScreenWidth.Of(Descriptor.Error)) : null;

    // Without colours there is nothing that a screen would need escape codes for, and none is left behind on it.
    private static IAnsiConsole Draw(TextWriter writer, int width) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new PlainOutput(writer, width),
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
    });
}
