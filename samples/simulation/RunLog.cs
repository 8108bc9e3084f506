using System.Buffers;
using System.Text.Json;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A JSON object a line for each step that is reported, handed to the system at once: whatever ends the process, all lines that were written are whole.</summary>
internal sealed class RunLog : ISimulationObserver
{
    private readonly SceneRequest _request;
    private readonly int _steps;
    private readonly string _file;
    private readonly FileStream _stream;
    private readonly ArrayBufferWriter<byte> _line = new(1 << 13);
    private readonly Utf8JsonWriter _json;

    /// <summary>Opens the file: anew, or at its end where the run is resumed.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="steps">The number of the last step.</param>
    /// <exception cref="InputException">It can't be written.</exception>
    public RunLog(SceneRequest request, int steps)
    {
        (_request, _steps, _file) = (request, steps, request.LongRun!.Log!);
        _json = new Utf8JsonWriter(_line);
        try
        {
            _stream = new FileStream(_file, request.LongRun.Resume is null ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{LongRun.LogOption} {_file}: can't be written: {fault.Message.TrimEnd('.')}; name a file in a folder that is there", fault);
        }
    }

    /// <inheritdoc/>
    public void Begin(Simulation simulation)
    {
        Open("begin", simulation);
        _json.WriteString("scene", simulation.Name);
        _json.WriteStartObject("settings");
        foreach ((string name, object value) in simulation.Head)
        {
            _json.WritePropertyName(name);
            JsonSerializer.Serialize(_json, value);
        }
        _json.WriteEndObject();
        _json.WriteNumber("last_step", _steps);
        _json.WriteNumber("seed", _request.Seed);
        _json.WriteString("kernel", simulation.Method.Kernel);
        _json.WriteNumber("order", simulation.Method.ExpansionSizes.Order);
        _json.WriteString("precision", simulation.Method.Options.Precision == Precision.Single ? "single" : "double");
        _json.WriteNumber("threads", simulation.Threads.ThreadCount);
        if (_request.LongRun!.Resume is string resumed) _json.WriteString("resumed_from", resumed);
        Close();
    }

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        if (!StepLog.IsReported(simulation.Clock.Steps, _steps)) return;
        Open("step", simulation);
        _json.WriteNumber("seconds", seconds);
        foreach (Invariant one in simulation.Invariants) FieldJson.NumberOrNull(_json, one.Name, one.Now());
        TreeShape shape = simulation.Method.Tree.Shape;
        _json.WriteNumber("bodies", simulation.World.CountEntities(simulation.Bodies));
        _json.WriteString("tree", TreeText(simulation.World.Resource<StepChange>().Path));
        _json.WriteNumber("depth", shape.Depth);
        _json.WriteNumber("nodes", shape.NodeCount);
        _json.WriteNumber("leaves", shape.LeafCount);
        _json.WriteNumber("leaf_capacity", simulation.Method.LeafCapacity);
        SystemTimes times = simulation.Schedule.Times;
        _json.WriteNumber("update_seconds", times.Seconds);
        _json.WriteStartObject("seconds_by_system");
        for (int i = 0; i < times.Count; i++)
        {
            SystemTime one = times[i];
            _json.WriteNumber(one.System, one.Seconds);
        }
        _json.WriteEndObject();
        Close();
    }

    /// <inheritdoc/>
    public void Fail(Simulation simulation, string fault)
    {
        Open("failed", simulation);
        _json.WriteString("fault", fault);
        Close();
    }

    /// <inheritdoc/>
    public void End(Simulation simulation)
    {
        Open(simulation.Clock.Steps < _steps ? "stopped" : "end", simulation);
        Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _stream.Dispose();
    }

    private static string TreeText(TreePath path) => path switch
    {
        TreePath.Built => "built",
        TreePath.Kept => "kept",
        TreePath.Unmoved => "unmoved",
        _ => "refitted",
    };

    private void Open(string what, Simulation simulation)
    {
        _json.WriteStartObject();
        _json.WriteString("event", what);
        _json.WriteNumber("step", simulation.Clock.Steps);
        _json.WriteNumber("time", simulation.Clock.Time);
    }

    private void Close()
    {
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        try
        {
            _stream.Write(_line.WrittenSpan);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException)
        {
            throw new OutputException($"{LongRun.LogOption} {_file}: {OutputException.Reason(fault)}");
        }
        _line.ResetWrittenCount();
        _json.Reset(_line);
    }
}
