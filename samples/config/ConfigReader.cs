using System.Text.Json;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Reads configuration files: what is unknown, of a wrong type, out of range or contradicts itself is refused with its place.</summary>
internal static class ConfigReader
{
    private const string Ending = ".json";
    private const int MostBytes = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path, with or without its ending; - for standard input.</param>
    /// <exception cref="InputException">There is none, or it can't be used.</exception>
    public static RunConfig Read(string path)
    {
        string found = Find(path);
        string folder = path == "-" ? "" : Path.GetDirectoryName(found) ?? "";
        ConfigText text = new(InputFile.Name(found), Bytes(found));
        return new RunConfig(Path.GetFullPath(folder.Length == 0 ? "." : folder), Keys(text));
    }

    /// <summary>The keys of a text.</summary>
    /// <exception cref="InputException">They can't be used.</exception>
    public static ConfigKeys Keys(ConfigText text)
    {
        string[] known = [.. ConfigKey.All.Select(key => key.Name)];
        foreach (ConfigEntry entry in text.Entries.Where(entry => !known.Contains(entry.Key)))
            throw text.Fault(entry.KeyAt, $"there is no key {InputException.Quote(entry.Key)}; the nearest is {NearestName.Of(entry.Key, known)}");
        ConfigKeys keys = Deserialize(text);
        foreach (ConfigKey key in ConfigKey.All.Where(key => !key.Holds(keys))) throw Refusal(text, key);
        ConfigRules.Check(text, keys);
        return keys;
    }

    private static ConfigKeys Deserialize(ConfigText text)
    {
        try
        {
            return JsonSerializer.Deserialize(text.Bytes, ConfigContext.Default.ConfigKeys)!;
        }
        catch (JsonException fault)
        {
            // The path of a known key is $.key, its value being of another type.
            throw Refusal(text, ConfigKey.All.Single(key => $"$.{key.Name}" == fault.Path), fault);
        }
    }

    private static InputException Refusal(ConfigText text, ConfigKey key, Exception? cause = null)
    {
        ConfigEntry entry = text[key.Name];
        return text.Fault(entry.ValueAt, $"{key.Name} must be {key.Expected}, not {entry.Shown}", cause);
    }

    // PyExaFMM's users name it without its ending.
    private static string Find(string path)
    {
        if (path.Length == 0) throw new InputException("--config: the name is empty; name a file");
        if (path == "-" || File.Exists(path)) return path;
        string named = path + Ending;
        bool ends = path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);
        if (!ends && File.Exists(named)) return named;
        string fault = Directory.Exists(path) ? "this is a folder; name a file in it"
            : ends ? "there is no such file; check the path" : $"there is no such file, and no {named}; check the path";
        throw new InputException($"--config {path}: {fault}");
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            using Stream stream = InputFile.Open(path);
            byte[] bytes = new byte[MostBytes + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count <= MostBytes ? bytes[..count]
                : throw new InputException($"--config {path}: this is no configuration, it is larger than {MostBytes} bytes; check the path");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"--config {path}: it can't be read: {fault.Message.TrimEnd('.')}; check path and permissions", fault);
        }
    }
}
