using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Writes pictures of a run, one every so many steps, numbered from 0 without gaps so that they are the frames of a film.</summary>
internal sealed class StillWriter : ISimulationObserver
{
    private const int Width = 960, Height = 720, RowFloats = 4;
    private readonly string _folder;
    private readonly int _every;
    private readonly Terminal _terminal;
    private readonly PointDrawing _drawing = new(Width, Height, isDark: true);
    private BodyNumber[] _numbers = [];
    private FrameEncoder? _encoder;
    private float[] _rows = [];
    private float[] _sizes = [];
    private NumberRange _range;
    private int _count;

    /// <summary>Makes the folder where it is missing.</summary>
    /// <param name="folder">Where the pictures go.</param>
    /// <param name="every">Steps from one to the next.</param>
    /// <param name="terminal">Who is told how to make a film.</param>
    /// <exception cref="InputException">It can't be made.</exception>
    public StillWriter(string folder, int every, Terminal terminal)
    {
        (_folder, _every, _terminal) = (folder, every, terminal);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"--frames {folder}: the folder can't be made: {fault.Message}; name another", fault);
        }
    }

    /// <inheritdoc/>
    public void Begin(Simulation simulation)
    {
        _numbers = BodyNumber.Of(simulation.Bodies);
        _encoder = new FrameEncoder(simulation, _numbers, 0);
        _rows = new float[RowFloats * _encoder.Count];
        _sizes = _encoder.Sizes(BodyNumber.WeightOf(simulation));
        _encoder.WritePoints(_rows, _numbers[0]);
        _range = NumberRange.Of(_rows);
        _drawing.Aim(_rows);
        Write(simulation);
    }

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        if (simulation.Clock.Steps % _every != 0) return;
        if (_rows.Length != RowFloats * _encoder!.Count)
        {
            _rows = new float[RowFloats * _encoder.Count];
            _sizes = _encoder.Sizes(BodyNumber.WeightOf(simulation));
        }

        Write(simulation);
    }

    /// <inheritdoc/>
    public void End(Simulation simulation) => _terminal.Note(
        $"{_count} pictures in {_folder}; a film of them: ffmpeg -framerate 30 -i {Path.Combine(_folder, "frame-%06d.png")} -c:v libx264 -pix_fmt yuv420p -crf 18 {Path.Combine(_folder, "film.mp4")}");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(Simulation simulation)
    {
        _encoder!.WritePoints(_rows, _numbers[0]);
        ColourMap map = new(_range.IsSigned, isDark: true);
        Bitmap picture = _drawing.Draw(_rows, _sizes, map, _range);
        Legend.Draw(picture, FormattableString.Invariant($"{simulation.Name} | {_encoder.Count} points | step {simulation.Clock.Steps} | time {simulation.Clock.Time:0.###}"), _numbers[0].Name, map, _range, isDark: true);
        using ReplacedFile file = new(Path.Combine(_folder, $"frame-{_count:000000}.png"), _terminal.Outputs);
        PngFile.Write(picture, file.Stream);
        file.Commit();
        _count++;
    }
}
