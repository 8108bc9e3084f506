using System.CommandLine;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary><c>fmm evaluate</c>: fields of points from files.</summary>
internal sealed class EvaluateCommand
{
    private readonly Option<string?> _sources = new("--sources")
    {
        Description = "The sources and their charges. CSV: the header x,y,z,q (x,y,z,qx,qy,qz where the kernel takes vectors, dx,dy,dz dipoles, q_re,q_im complex charges); HDF5 and NPZ: sources and source_densities, of the group PATH or particle_data; NPY: a row x,y,z,q a source; - for standard input, in the form of --format (default: those of the configuration)",
        HelpName = "FILE[:PATH]",
    };

    private readonly Option<string?> _targets = new("--targets")
    {
        Description = "The targets, in any of these forms (default: the targets that the file of the sources has, or else the sources); - for standard input",
        HelpName = "FILE[:PATH]",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "The field, a row a target: CSV with the header potential[,gx,gy,gz][,fx,fy,fz][,hxx,hxy,hxz,hyy,hyz,hzz] (px,py,pz[,pxx,pxy,...,pzz] where it is a vector, potential_re,potential_im[,gx_re,gx_im,...] where it is complex), HDF5, NPY, NPZ, VTK, XDMF by the ending .csv, .h5, .npy, .npz, .vtk, .xdmf (default: - for standard output, or beside the configuration's experiment, or none with --json)",
        HelpName = "FILE",
    };

    private readonly Option<string> _format = OptionShapes.Choice(
        "--format", "NAME", "csv", [.. Enum.GetNames<DataFormat>().Select(name => name.ToLowerInvariant())], "Form of files whose ending tells none, standard input and output among them");

    private readonly Option<string> _outputFormat = OptionShapes.Choice(
        "--output-format", "NAME", "", [.. Enum.GetNames<DataFormat>().Select(name => name.ToLowerInvariant())], "Form of --output where its ending tells none (default: that of --format)");

    private readonly Option<bool> _parts = new(RankOutput.PartsOption)
    {
        Description = "Write the field as a file of each rank, NAME.0.h5 and so on, and --output NAME.h5 as an index that names them",
    };

    private readonly Option<string?> _plot = PlotOption.Make();
    private readonly FieldOptions _field;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;

    private EvaluateCommand(Command command, RankLaunch launch)
    {
        _terminal = launch.Terminal;
        _cancellation = launch.Cancellation;
        command.Options.Add(_sources);
        command.Options.Add(_targets);
        command.Options.Add(_output);
        command.Options.Add(_format);
        command.Options.Add(_outputFormat);
        command.Options.Add(_parts);
        command.Options.Add(_plot);
        _field = new FieldOptions(command, verifyDefault: "0");
        command.Options.Add(RankLaunch.MakeOption());
        command.SetAction(parsed => launch.Run(parsed, ranks => Execute(parsed, ranks)));
    }

    /// <summary>The command for the parser.</summary>
    public static Command Build(RankLaunch launch)
    {
        Command command = new("evaluate", "Compute the field of the points in a file");
        _ = new EvaluateCommand(command, launch);
        return command;
    }

    private int Execute(ParseResult parsed, IRanks ranks)
    {
        RankMachine machine = RankMachine.Of(ranks);
        bool json = _field.Json(parsed);
        using EvaluateJob job = ranks.Do(() => Open(parsed, ranks, machine));
        Fingerprint.Require(ranks, ranks.Do<(string, string)[]>(() => [.. Fingerprint.Of(parsed), .. job.Inputs(_field.Config(parsed))]));
        MemoryGuard guard = _field.Guard(parsed, _terminal, machine.Ranks);
        (PointSet points, Position[]? targets) = job.Read(ranks, _field.Config(parsed), guard, _terminal.Note, _cancellation);
        ranks.Do(() => job.Run.CheckMemory(guard, $"{job.Subject} with {points.Sources.Length} points", points.Sources.Length, targets?.Length, copies: 0));
        FieldResult result = ProgressDisplay.Show(_terminal.Screen(), progress =>
            job.Run.Evaluate(points.Sources, points.Charges, targets, _field.Repeat(parsed), _field.Verify(parsed) ?? 0, _cancellation, progress));
        ranks.Do(_cancellation.ThrowIfCancellationRequested);
        _field.TellStore(_terminal);
        job.Output?.Save(ranks, result.Data(targets ?? points.Sources, BuiltInKernel.Named(job.Settings.Kernel).Formula), _cancellation);
        job.Plot?.Save(targets ?? points.Sources, result);
        long peak = ranks.Largest(PeakMemory.Bytes());
        ranks.Do(() =>
        {
            Tell(json, _field.Explain(parsed), result, peak);
            FieldWarnings.Tell(_terminal, result.Report, job.Settings.Strict);
        });
        return ExitCode.Done;
    }

    // Files are opened before the work starts, by the rank that will write them.
    private EvaluateJob Open(ParseResult parsed, IRanks ranks, RankMachine machine)
    {
        FieldSettings settings = _field.Settings(parsed);
        settings = settings with { Threads = settings.Threads ?? machine.Threads };
        bool json = _field.Json(parsed), inParts = parsed.GetValue(_parts);
        DataFormat form = Enum.Parse<DataFormat>(parsed.GetValue(_format)!, ignoreCase: true);
        RunConfig config = _field.Config(parsed);
        string? named = parsed.GetValue(_sources), plotted = parsed.GetValue(_plot);
        DataLocation from = named is null ? ConfigPoints.Sources(config) : DataLocation.Of(named, form);
        DataLocation? at = parsed.GetValue(_targets) is string targetName ? DataLocation.Of(targetName, form) : null;
        string? to = parsed.GetValue(_output) ?? (json ? null : named is null && config.Field is string beside ? beside : "-");
        if (at is not null && InputFile.AreOneStream(from.File, at.File))
            throw new InputException($"--sources and --targets are both {InputFile.Name(from.File)}, which can be read only once; write one of them to a file");
        if (plotted is not null && ranks.Count > 1) throw new InputException($"{PlotOption.Name} draws what one rank has, and there are {ranks.Count}; leave it out");

        EvaluateJob job = new(settings, from, at, isNamed: named is not null, FieldRun.Create(settings, ranks));
        try
        {
            string[] inputs = [from.File, .. at is null ? Array.Empty<string>() : [at.File]];
            job.Output = inParts ? RankOutput.InParts(ranks, to ?? "-", to is null ? form : OutputForm(parsed, to, form), inputs, _terminal.Outputs)
                : to is null ? null : RankOutput.One(ranks.Rank == 0 ? FieldOutput.Open(to, OutputForm(parsed, to, form), inputs, _terminal) : null);
            job.Output?.RequireRoom(settings.Vectors);
            job.Plot = FieldPlot.Open(plotted, _terminal.Outputs);
            if (json) ClaimForJson(to);
            return job;
        }
        catch
        {
            job.Dispose();
            throw;
        }
    }

    private DataFormat OutputForm(ParseResult parsed, string to, DataFormat otherwise)
    {
        if (!OptionShapes.IsGiven(parsed, _outputFormat)) return otherwise;
        DataFormat form = Enum.Parse<DataFormat>(parsed.GetValue(_outputFormat)!, ignoreCase: true);
        return DataLocation.Of(to, form).Format == form ? form
            : throw new InputException($"--output {to}: its ending tells another form than --output-format {parsed.GetValue(_outputFormat)}; leave that out, or name the file otherwise");
    }

    private void ClaimForJson(string? output)
    {
        if (_terminal.OutputIsData)
            throw new InputException($"--output {output} is where --json writes its object, standard output; give it another file, or leave one of them out");

        _terminal.Claim(null, isOutput: true);
    }

    private void Tell(bool json, bool explain, FieldResult result, long peak)
    {
        if (json)
        {
            FieldJson.Write(_terminal.Data, result, peak, explain);
            return;
        }

        try
        {
            FieldTable.Write(_terminal.People(), result, peak, explain);
        }
        catch (OutputException fault)
        {
            // The rows are what was asked for, and they are written.
            _terminal.Note($"the table is lost: {fault.Message}");
        }
    }
}
