using System.Text;
using Fmm.Engine;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>
/// Writes the bodies of a run every so many steps: an HDF5 file with a group a step, and an XDMF file beside it by which ParaView opens them as
/// one time series. Both get their names at the end, whole, or not at all: what was there before stays until then.
/// </summary>
internal sealed class SeriesWriter : ISimulationObserver
{
    private readonly string _path;
    private readonly int _every;
    private readonly ReplacedFile _file;
    private readonly ReplacedFile _beside;
    private readonly SeriesSpool _spool;
    private readonly List<SeriesStep> _steps = [];
    private SeriesColumn[] _columns = [];
    private Query? _bodies;

    /// <summary>Opens the files.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="every">Steps from one to the next.</param>
    /// <param name="steps">The number of the last step: room for all is taken now, so that a step takes nothing.</param>
    /// <param name="outputs">The files that a signal has to clean up.</param>
    /// <exception cref="InputException">Its ending is not HDF5's.</exception>
    /// <exception cref="DataFileException">It can't be written.</exception>
    public SeriesWriter(string path, int every, int steps, OpenOutputs outputs)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".h5" or ".hdf5"))
            throw new InputException($"--output {path}: the steps of a scene that moves are written as HDF5; name a file .h5");
        (_path, _every) = (path, every);
        _steps.EnsureCapacity((steps / every) + 2);
        _file = new ReplacedFile(path, outputs);
        try
        {
            _beside = new ReplacedFile(Path.ChangeExtension(path, ".xdmf"), outputs);
            _spool = new SeriesSpool(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception fault)
        {
            _beside?.Dispose();
            _file.Dispose();
            if (fault is IOException or UnauthorizedAccessException && fault is not DataFileException) throw new InputException($"--output {path}: {fault.Message}", fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Begin(Simulation simulation)
    {
        _columns = SeriesColumn.Of(simulation.Bodies);
        _bodies = simulation.World.Query(simulation.Bodies);
        Add(simulation);
    }

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        if (simulation.Clock.Steps % _every == 0) Add(simulation);
    }

    /// <summary>Writes the files; the last step is in them, whichever it is.</summary>
    public void End(Simulation simulation)
    {
        if (_steps[^1].Step != simulation.Clock.Steps) Add(simulation);
        _spool.Rewind();
        Hdf5Writer writer = Hdf5Writer.Into(_file.Handle, _path);
        writer.Attribute("/", "scene", simulation.Name);
        Action[] appends = [.. _steps.SelectMany(step => Declare(writer, step))];
        foreach (Action append in appends) append();
        writer.Save();
        using (StreamWriter text = new(_beside.Stream, new UTF8Encoding(false), leaveOpen: true)) SeriesXdmf.Write(text, Path.GetFileName(_path), simulation.Name, _steps, _columns);
        _file.Commit();
        _beside.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _spool.Dispose();
        _beside.Dispose();
        _file.Dispose();
    }

    // In the order of the datasets in the file: column by column, chunk by chunk.
    private void Add(Simulation simulation)
    {
        _steps.Add(new SeriesStep(simulation.Clock.Steps, simulation.Clock.Time, _bodies!.Count()));
        foreach (SeriesColumn column in _columns)
            foreach (ref Chunk chunk in _bodies) _spool.Add(chunk.ReadBytes(column.Component));
    }

    private IEnumerable<Action> Declare(Hdf5Writer writer, SeriesStep step)
    {
        writer.Attribute($"/{step.Group}", "step", step.Step);
        writer.Attribute($"/{step.Group}", "time", step.Time);
        foreach (SeriesColumn column in _columns)
        {
            string path = $"/{step.Group}/{column.Name}";
            long[] shape = column.Width == 1 ? [step.Bodies] : [step.Bodies, column.Width];
            yield return column.IsSingle ? Append(writer.Slabs<float>(path, shape), step.Bodies * column.Width) : Append(writer.Slabs<double>(path, shape), step.Bodies * column.Width);
        }
    }

    private Action Append<T>(Hdf5Slabs<T> slabs, int numbers)
        where T : unmanaged => () =>
        {
            T[] rows = new T[numbers];
            _spool.Read<T>(rows);
            slabs.Append(rows);
        };
}
