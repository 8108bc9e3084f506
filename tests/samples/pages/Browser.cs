using System.Diagnostics;

namespace Fmm.Tests;

/// <summary>A browser without a head, where the machine has one.</summary>
internal static class Browser
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Why a test that needs one is skipped.</summary>
    public const string Missing = "there is no chromium here";

    /// <summary>The program; null where there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => _names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>The page as it stands once its scripts have run.</summary>
    public static string Dom(string page)
    {
        string profile = Directory.CreateTempSubdirectory("fmm-browser-").FullName;
        try
        {
            ProcessStartInfo start = new(
                Path!,
                ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", $"--user-data-dir={profile}", "--virtual-time-budget=20000", "--dump-dom", new Uri(page).AbsoluteUri]);
            return ChildOutcome.Of(start).Output;
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
