using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Outside tools that read and write our files: Debian's own python3 with h5py and numpy (python3-h5py; DEBIAN_PYTHON names another), and h5dump (hdf5-tools).</summary>
internal static class DebianPython
{
    private static readonly string _program = Environment.GetEnvironmentVariable("DEBIAN_PYTHON") ?? "/usr/bin/python3";
    private static readonly Lazy<bool> _hasModules = new(() => File.Exists(_program) && Start(_program, Path.GetTempPath(), "-c", "import h5py, numpy").Code == 0);
    private static readonly Lazy<bool> _hasDump = new(() => Start("bash", Path.GetTempPath(), "-c", "command -v h5dump").Code == 0);

    /// <summary>Runs a script in a folder, where h5py and numpy are imported as h5py and np, and returns what it prints; skips the test without them.</summary>
    public static string Run(string folder, string script)
    {
        if (!_hasModules.Value) Assert.Ignore("needs Debian's python3-h5py: apt-get install -y python3-h5py");
        (int code, string output, string error) = Start(_program, folder, "-c", $"import h5py, numpy as np\n{script}");
        Assert.That(code, Is.Zero, error);
        return output.TrimEnd();
    }

    /// <summary>Runs h5dump in a folder; skips the test without it.</summary>
    public static string Dump(string folder, params string[] arguments)
    {
        if (!_hasDump.Value) Assert.Ignore("needs Debian's h5dump: apt-get install -y hdf5-tools");
        (int code, string output, string error) = Start("h5dump", folder, arguments);
        Assert.That(code, Is.Zero, error);
        return output;
    }

    private static (int Code, string Output, string Error) Start(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
