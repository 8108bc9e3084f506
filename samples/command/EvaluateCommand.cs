using System.CommandLine;
using Fmm.Components;

namespace Fmm.Samples;

/// <summary><c>fmm evaluate</c>: fields of points from CSV files.</summary>
internal sealed class EvaluateCommand
{
    private readonly Option<string> _sources = new("--sources")
    {
        Description = "CSV file with the header x,y,z,q: the sources and their charges (x,y,z,qx,qy,qz where the kernel takes vectors)",
        HelpName = "FILE.csv",
        Required = true,
    };

    private readonly Option<string?> _targets = new("--targets")
    {
        Description = "CSV file with the header x,y,z (default: the sources)",
        HelpName = "FILE.csv",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "CSV file for potential[,gx,gy,gz], a row a target; px,py,pz[,pxx,pxy,...,pzz] where it is a vector (default: standard output, or none with --json)",
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
        string? output = parsed.GetValue(_output);
        FieldRun run = FieldRun.Create(settings);
        using AtomicFile? file = output is null ? null : new AtomicFile(output);
        (Position[] sources, double[] charges) = PointFile.ReadSources(parsed.GetValue(_sources)!, run.SourceComponents, _cancellation);
        Position[]? targets = parsed.GetValue(_targets) is string path ? PointFile.ReadTargets(path, _cancellation) : null;
        FieldResult result = ProgressDisplay.Show(_terminal.Screen(), progress =>
            run.Evaluate(sources, charges, targets, _field.Repeat(parsed), _field.Verify(parsed) ?? 0, _cancellation, progress));
        _cancellation.ThrowIfCancellationRequested();
        if (file is not null)
        {
            Save(file, result);
        }
        else if (!json)
        {
            Write(_terminal.Data, result);
        }

        long peak = PeakMemory.Bytes();
        if (json)
        {
            FieldJson.Write(_terminal.Data, result.Report, result.Error, peak);
        }

        FieldTable.Write(_terminal.People(outputIsData: json || file is null), result.Report, result.Error, peak);
        FieldWarnings.Tell(_terminal, result.Report, settings.Strict);
        return ExitCode.Done;
    }

    private static void Save(AtomicFile file, FieldResult result)
    {
        try
        {
            Write(file.Stream, result);
        }
        catch (IOException fault)
        {
            throw file.Refuse(fault);
        }

        file.Commit();
    }

    private static void Write(Stream stream, FieldResult result)
    {
        int components = result.Components, slopes = result.Gradients is null ? 0 : 3 * components;
        using CsvWriter writer = new(stream, Columns(components, slopes > 0));
        for (int i = 0; i < result.Potentials.Length / components; i++)
        {
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
