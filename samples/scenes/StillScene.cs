using System.Text.Json;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A scene without a picture of time: it computes, and holds what came out to something known.</summary>
public abstract class StillScene : Scene
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Foreign => ["--steps", .. OfFields];

    /// <summary>Computes; prints nothing.</summary>
    public abstract SceneResult Compute(SceneRequest request);

    /// <inheritdoc/>
    public sealed override void Run(SceneRequest request)
    {
        SceneResult result = Compute(request);
        if (request.Json) Write(request.Terminal.Data, result);
        else Tell(request.Terminal, result);
        request.Ranks.Do(() => CheckReport.Conclude(request, result.Checks));
    }

    /// <summary>The method's options as the user asked for them, once it is known that there is memory for the points.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="kernel">The kernel of the scene.</param>
    /// <param name="count">Points of the scene.</param>
    /// <param name="numbers">Numbers of double precision a point that the scene holds beside the method.</param>
    /// <exception cref="InputException">A setting can't be used, or there is not enough memory.</exception>
    protected FmmOptions Options<TKernel>(SceneRequest request, TKernel kernel, int count, int numbers = 8)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int own = Math.Max(1, count / request.Ranks.Count);
        return request.Ranks.Do(() =>
        {
            FmmOptions options = FieldRun.Options(request.Settings);
            request.Guard?.Check($"{Name} with {own} points", MemoryEstimate.Of(kernel, options, own), (double)numbers * sizeof(double) * own, own);
            return options;
        });
    }

    private void Tell(Terminal terminal, SceneResult result)
    {
        TextWriter output = terminal.Output;
        if (result.Ranks.Count > 0) RankTable.Write(terminal.People(), result.Ranks);
        output.WriteLine(CheckReport.Text(Name, result.Head));
        foreach (SceneCheck check in result.Checks) output.WriteLine(CheckReport.Text(check));
    }

    private void Write(Stream stream, SceneResult result)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("scene", Name);
            foreach ((string name, object value) in result.Head)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            CheckReport.Write(json, result.Checks);
            if (result.Ranks.Count > 0) RankTable.Write(json, result.Ranks);
            json.WriteNumber("peak_memory_bytes", PeakMemory.Bytes());
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }
}
