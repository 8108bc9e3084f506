using System.Text.Json;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Reads what <c>fmm run --json</c>, <c>fmm evaluate --json</c> and <c>fmm bench --json</c> wrote.</summary>
internal static class RunFile
{
    private static readonly string[] _lists = ["u", "v", "w", "x"];

    /// <summary>The runs of a file: one, or a bench's trials.</summary>
    /// <exception cref="InputException">The file can't be read, or is not what one of these commands writes.</exception>
    public static IReadOnlyList<RunRecord> Read(string path)
    {
        string name = InputFile.Name(path);
        try
        {
            using Stream stream = InputFile.Open(path);
            using JsonDocument json = JsonDocument.Parse(stream);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("cases", out JsonElement cases)
                ? [.. cases.EnumerateArray().SelectMany(Bench)]
                : [Run(Path.GetFileNameWithoutExtension(name), json.RootElement)];
        }
        catch (JsonException fault)
        {
            throw new InputException($"{name}: this is not JSON ({fault.Message.Split(". ")[0]}); give what fmm run, evaluate or bench printed with --json", fault);
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{name}: this JSON is not a run's; give what fmm run, evaluate or bench of this version printed with --json", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{name}: the file can't be read: {fault.Message}", fault);
        }
    }

    private static RunRecord Run(string name, JsonElement run)
    {
        JsonElement seconds = run.GetProperty("seconds"), error = run.GetProperty("error"), tree = run.GetProperty("tree");
        Dictionary<string, JsonElement> work = run.TryGetProperty("work", out JsonElement all)
            ? all.EnumerateArray().ToDictionary(one => one.GetProperty("system").GetString()!) : [];
        return new RunRecord(
            name, run.GetProperty("kernel").GetString()!, run.GetProperty("precision").GetString()!, run.GetProperty("order").GetInt32(),
            run.GetProperty("leaf").GetInt32(), run.GetProperty("m2l").GetString()!, run.GetProperty("sources").GetInt64(), run.GetProperty("threads").GetInt32(),
            seconds.GetProperty("total").GetDouble(), Number(error, "potential_l2"), Number(error, "gradient_l2"))
        {
            Systems = [.. seconds.GetProperty("by_system").EnumerateObject().Select(one => new RunSystem(
                one.Name, one.Value.GetDouble(), work.TryGetValue(one.Name, out JsonElement own) ? own.GetProperty("flops").GetDouble() : 0,
                own.ValueKind == JsonValueKind.Object ? own.GetProperty("bytes").GetDouble() : 0))],
            Levels = tree.TryGetProperty("levels", out JsonElement levels) ? [.. levels.EnumerateArray().Select(Level)] : [],
        };
    }

    private static IEnumerable<RunRecord> Bench(JsonElement one)
    {
        string name = one.GetProperty("name").GetString()!;
        foreach (JsonElement trial in one.GetProperty("trials").EnumerateArray())
        {
            yield return new RunRecord(
                $"{name}, leaves of {trial.GetProperty("leaf").GetInt32()}", one.GetProperty("kernel").GetString()!, one.GetProperty("precision").GetString()!,
                trial.GetProperty("order").GetInt32(), trial.GetProperty("leaf").GetInt32(), "", one.GetProperty("points").GetInt64(), 0,
                trial.GetProperty("seconds").GetProperty("total").GetDouble(), Number(trial, "error"), null)
            {
                Systems = [.. trial.GetProperty("systems").EnumerateArray().Select(system => new RunSystem(
                    system.GetProperty("name").GetString()!, system.GetProperty("seconds").GetDouble(), system.GetProperty("flops").GetDouble(), 0))],
            };
        }
    }

    private static RunLevel Level(JsonElement level) => new(
        level.GetProperty("level").GetInt32(), level.GetProperty("nodes").GetInt32(), level.GetProperty("leaves").GetInt32(),
        [.. _lists.Select(list => level.GetProperty(list).GetProperty("mean").GetDouble())],
        [.. _lists.Select(list => level.GetProperty(list).GetProperty("largest").GetInt32())]);

    private static double? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
