using System.CommandLine;
using System.Text.Json;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary><c>fmm inspect</c>: what an HDF5 file holds.</summary>
internal static class InspectCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal)
    {
        Command command = new("inspect", "Tell what an HDF5 file holds: datasets, attributes, tree, lists, operators");
        Argument<string> path = new("FILE.h5") { Description = "A file of points, fields, operators or a tree, ours or PyExaFMM's" };
        Option<bool> json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };
        command.Arguments.Add(path);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            using Hdf5File file = Hdf5File.Open(parsed.GetValue(path)!);
            if (parsed.GetValue(json)) Write(terminal.Data, file);
            else Tell(terminal.Output, file);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(TextWriter output, Hdf5File file)
    {
        int width = file.Datasets().Select(path => path.Length).DefaultIfEmpty(0).Max();
        Tell(output, "/", file.Attributes());
        foreach (string group in file.Groups()) Tell(output, group, file.Attributes(group));
        foreach (string path in file.Datasets())
        {
            Hdf5Dataset dataset = file.Dataset(path);
            output.WriteLine($"{path.PadRight(width)}  {Shape(dataset),-16} {Word(dataset.Type)}");
            Tell(output, "", dataset.Attributes);
        }

        foreach (string line in Findings(file)) output.WriteLine(line);
        IReadOnlyList<(string, ListSizes)> lists = ListsIn.Of(file);
        if (lists.Count > 0) ListText.Write(output, lists);
    }

    private static void Tell(TextWriter output, string path, Hdf5Attributes attributes)
    {
        if (attributes.Names.Count == 0) return;
        if (path.Length > 0) output.WriteLine(path);
        foreach (string name in attributes.Names) output.WriteLine($"    {name} = {attributes.Shown(name)}");
    }

    // What the datasets mean, where their names are known.
    private static IEnumerable<string> Findings(Hdf5File file)
    {
        if (file.Contains("octree/depth"))
        {
            long[] depth = new long[file.Dataset("octree/depth").Count];
            file.Dataset("octree/depth").Read<long>(depth);
            string leaves = file.Contains("octree/leaves") ? "octree/leaves" : "octree/keys", nodes = file.Contains("octree/complete") ? "octree/complete" : "octree/keys";
            yield return $"tree: depth {depth.FirstOrDefault()}, nodes {file.Dataset(nodes).Count}, leaves {file.Dataset(leaves).Count}";
        }

        foreach (string singular in file.Datasets().Where(path => path.TrimStart('/') is ['m', '2', 'l', '/', .. string rest] && rest.EndsWith("/s", StringComparison.Ordinal)))
            yield return $"M2L of {singular.TrimStart('/')[..^2]}: rank {file.Dataset(singular).Count}";
    }

    private static string Shape(Hdf5Dataset dataset) => dataset.Shape.Count == 0 ? "one value" : string.Join(" x ", dataset.Shape);

    private static string Word(Hdf5Type type) => type switch
    {
        Hdf5Type.Single => "single precision",
        Hdf5Type.Double => "double precision",
        Hdf5Type.Int32 => "32-bit integers",
        Hdf5Type.Int64 => "64-bit integers",
        Hdf5Type.ComplexSingle => "complex, single precision",
        Hdf5Type.ComplexDouble => "complex, double precision",
        Hdf5Type.Text => "text",
        _ => "of a type that is not read here",
    };

    private static void Write(Stream stream, Hdf5File file)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("datasets");
            foreach (string path in file.Datasets())
            {
                Hdf5Dataset dataset = file.Dataset(path);
                json.WriteStartObject(path);
                json.WriteStartArray("shape");
                foreach (long length in dataset.Shape) json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteString("type", dataset.Type.ToString());
                Write(json, dataset.Attributes);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartObject("groups");
            foreach (string group in file.Groups().Prepend("/").Distinct())
            {
                json.WriteStartObject(group);
                Write(json, file.Attributes(group));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartObject("lists");
            foreach ((string kind, ListSizes sizes) in ListsIn.Of(file))
            {
                json.WriteStartObject(kind.ToLowerInvariant());
                json.WriteNumber("lists", sizes.Lists);
                json.WriteNumber("members", sizes.Members);
                json.WriteNumber("mean", sizes.Mean);
                json.WriteNumber("largest", sizes.Largest);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Write(Utf8JsonWriter json, Hdf5Attributes attributes)
    {
        json.WriteStartObject("attributes");
        foreach (string name in attributes.Names) json.WriteString(name, attributes.Shown(name));
        json.WriteEndObject();
    }
}
