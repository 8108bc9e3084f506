using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fmm.Components;
using Fmm.Samples;

namespace Fmm.Perf;

/// <summary>
/// What a process costs beside its work: wall time of a whole <c>fmm evaluate</c> (start, compilation, reading, operators, writing)
/// less a warm evaluation of the same points.
/// </summary>
internal static class StartCheck
{
    private const double LimitSeconds = 0.5;
    private const int Points = 100_000;
    private const int Runs = 7;

    /// <param name="output">Where the table goes.</param>
    /// <param name="program">The program to start; null for the one that was built along.</param>
    public static bool Run(TextWriter output, string? program)
    {
        program ??= Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "fmm.exe" : "fmm");
        string folder = Directory.CreateTempSubdirectory("fmm-start").FullName;
        try
        {
            string sources = Path.Combine(folder, "points.csv"), field = Path.Combine(folder, "field.csv");
            Write(sources);
            output.WriteLine($"# dotnet run -c Release --project perf -- start{(program.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) ? "" : " PROGRAM")}");
            output.WriteLine($"# commit {MachineText.Commit()}");
            output.WriteLine($"# {MachineText.Machine(Environment.ProcessorCount)}");
            output.WriteLine($"{Points} points, double, order 6; seconds, median of {Runs} processes");
            output.WriteLine("command                         wall    warm  overhead");
            bool met = Row(output, "fmm evaluate, CSV to CSV", program, ["evaluate", "--sources", sources, "--output", field]);
            met &= Row(output, "fmm run cube", program, ["run", "cube", "--n", $"{Points}", "--verify", "0"]);
            output.WriteLine($"fmm info                    {Wall(program, ["info"]),8:0.000}");
            output.WriteLine($"overhead at most {LimitSeconds:0.0} s: {(met ? "met" : "MISSED")}");
            return met;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Row(TextWriter output, string name, string program, string[] arguments)
    {
        double wall = Wall(program, arguments);
        (_, string json) = Start(program, [.. arguments, "--repeat", "5", "--json"]);
        using JsonDocument report = JsonDocument.Parse(json);
        double warm = report.RootElement.GetProperty("seconds").GetProperty("total").GetDouble();
        output.WriteLine($"{name,-28}{wall,8:0.000}{warm,8:0.000}{wall - warm,10:0.000}");
        return wall - warm < LimitSeconds;
    }

    private static double Wall(string program, string[] arguments)
    {
        double[] walls = new double[Runs];
        for (int run = 0; run < Runs; run++) (walls[run], _) = Start(program, arguments);
        Array.Sort(walls);
        return walls[Runs / 2];
    }

    private static (double Seconds, string Output) Start(string program, string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0 ? (seconds, output) : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
    }

    private static void Write(string path)
    {
        Position[] points = PointClouds.Draw(default(UnitCube), Points, 1);
        double[] charges = PointClouds.Charges(Points, 1);
        using StreamWriter file = new(path);
        file.WriteLine("x,y,z,q");
        for (int i = 0; i < Points; i++)
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{points[i].X},{points[i].Y},{points[i].Z},{charges[i]}"));
    }
}
