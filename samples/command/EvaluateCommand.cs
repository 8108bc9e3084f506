using System.CommandLine;
using Fmm.Components;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary><c>fmm evaluate</c>: fields of points from CSV files.</summary>
internal sealed class EvaluateCommand
{
    private const int RowsACheck = 4096;

    private readonly Option<string> _sources = new("--sources")
    {
        Description = "CSV file with the header x,y,z,q: the sources and their charges (x,y,z,qx,qy,qz where the kernel takes vectors); - for standard input",
        HelpName = "FILE.csv",
        Required = true,
    };

    private readonly Option<string?> _targets = new("--targets")
    {
        Description = "CSV file with the header x,y,z (default: the sources); - for standard input",
        HelpName = "FILE.csv",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "CSV file for potential[,gx,gy,gz], a row a target; px,py,pz[,pxx,pxy,...,pzz] where it is a vector (default: - for standard output, or none with --json)",
        HelpName = "FILE.csv",
    };

    private readonly FieldOptions _field;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;

    private EvaluateCommand(Command command, Terminal terminal, CancellationToken cancellation)
    {
        _terminal = terminal;
        _cancellation = cancellation;
        command.Options.Add(_sources);
        command.Options.Add(_targets);
        command.Options.Add(_output);
        _field = new FieldOptions(command, verifyDefault: "0");
        command.SetAction(Execute);
    }

    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation)
    {
        Command command = new("evaluate", "Compute the field of the points in a CSV file");
        _ = new EvaluateCommand(command, terminal, cancellation);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        FieldSettings settings = _field.Settings(parsed);
        bool json = _field.Json(parsed);
        string from = parsed.GetValue(_sources)!;
        string? to = parsed.GetValue(_output) ?? (json ? null : "-"), at = parsed.GetValue(_targets);
        if (at is not null && InputFile.AreOneStream(from, at))
            throw new InputException($"--sources and --targets are both {InputFile.Name(from)}, which can be read only once; write one of them to a file");

        FieldRun run = FieldRun.Create(settings);
        using OutputFile? file = to is null ? null : OutputFile.Open(to, _terminal);
        if (file is not null) _terminal.Claim(file.Identity, file.IsStandardOutput);
        if (json) ClaimForJson(to);
        MemoryGuard guard = _field.Guard(parsed, _terminal);
        string subject = InputFile.Name(from);
        (Position[] sources, double[] charges) = PointFile.ReadSources(
            from, run.SourceComponents, _cancellation, _terminal.Note, rows => run.CheckMemory(guard, $"{subject} with {rows} points and more", rows, null, copies: 1));
        Position[]? targets = at is null ? null : PointFile.ReadTargets(
            at, _cancellation, _terminal.Note, rows => run.CheckMemory(guard, $"{subject} with {rows} targets and more", sources.Length, rows, copies: 0));
        run.CheckMemory(guard, $"{subject} with {sources.Length} points", sources.Length, targets?.Length, copies: 0);
        FieldResult result = ProgressDisplay.Show(_terminal.Screen(), progress =>
            run.Evaluate(sources, charges, targets, _field.Repeat(parsed), _field.Verify(parsed) ?? 0, _cancellation, progress));
        _field.TellCache(_terminal);
        _cancellation.ThrowIfCancellationRequested();
        if (file is not AtomicFile) _terminal.BeginData();
        file?.Save(stream => Write(stream, result));
        Tell(json, result);
        FieldWarnings.Tell(_terminal, result.Report, settings.Strict);
        return ExitCode.Done;
    }

    private void ClaimForJson(string? output)
    {
        if (_terminal.OutputIsData)
            throw new InputException($"--output {output} is where --json writes its object, standard output; give it another file, or leave one of them out");

        _terminal.Claim(null, isOutput: true);
    }

    private void Tell(bool json, FieldResult result)
    {
        long peak = PeakMemory.Bytes();
        if (json)
        {
            FieldJson.Write(_terminal.Data, result.Report, result.Error, peak);
            return;
        }

        try
        {
            FieldTable.Write(_terminal.People(), result.Report, result.Error, peak);
        }
        catch (OutputException fault)
        {
            // The rows are what was asked for, and they are written.
            _terminal.Note($"the table is lost: {fault.Message}");
        }
    }

    private void Write(Stream stream, FieldResult result)
    {
        int components = result.Components, slopes = result.Gradients is null ? 0 : 3 * components;
        using CsvWriter writer = new(stream, Columns(components, slopes > 0));
        for (int i = 0; i < result.Potentials.Length / components; i++)
        {
            if (i % RowsACheck == 0) _cancellation.ThrowIfCancellationRequested();
            for (int c = 0; c < components; c++) writer.Write(result.Potentials[(components * i) + c], last: slopes == 0 && c == components - 1);
            for (int c = 0; c < slopes; c++) writer.Write(result.Gradients![(slopes * i) + c], last: c == slopes - 1);
        }
    }

    // A vector's derivatives: the component, then the axis.
    private static string[] Columns(int components, bool gradient)
    {
        string[] potentials = components == 1 ? ["potential"] : ["px", "py", "pz"];
        string[] axes = ["x", "y", "z"];
        return !gradient ? potentials
            : components == 1 ? [.. potentials, "gx", "gy", "gz"]
            : [.. potentials, .. potentials.SelectMany(component => axes.Select(axis => component + axis))];
    }
}
