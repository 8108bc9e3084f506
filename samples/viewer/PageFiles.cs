using System.Reflection;
using System.Text;

namespace Fmm.Samples;

/// <summary>The page's files, embedded in the program. Each names others; these names get the token, without which none is served.</summary>
internal sealed class PageFiles
{
    private const string Folder = "viewer/";
    private readonly Dictionary<string, (string Type, byte[] Bytes)> _files = [];

    /// <summary>Reads them.</summary>
    public PageFiles(string token)
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            string text = reader.ReadToEnd().Replace(".js\"", $".js?token={token}\"", StringComparison.Ordinal).Replace(".css\"", $".css?token={token}\"", StringComparison.Ordinal);
            string path = name == $"{Folder}index.html" ? "/" : $"/{name[Folder.Length..]}";
            _files.Add(path, (TypeOf(name), Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>A file by its path.</summary>
    public bool TryGet(string path, out (string Type, byte[] Bytes) file) => _files.TryGetValue(path, out file);

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => "text/javascript; charset=utf-8",
    };
}
