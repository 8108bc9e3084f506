using System.Diagnostics;
using System.Globalization;

namespace Fmm.Perf;

/// <summary>
/// The library for C beside the C# solver, by width of registers: each evaluation in processes of their own, in turn. The solver is compiled as it runs and the
/// library ahead; it must reach nine tenths of the solver's speed.
/// </summary>
internal static class LibraryTable
{
    private const int Rounds = 3;
    private const double Least = 0.9;

    /// <summary>Writes the table; false where a case is slower than that.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="widths">Widths in bits, those of which there is a library.</param>
    public static bool Run(TextWriter output, params int[] widths)
    {
        string folder = Directory.CreateTempSubdirectory("fmm-times-").FullName;
        try
        {
            string program = Path.Combine(folder, "times"), library = Path.GetFullPath("artifacts/library");
            Start("gcc", ["-std=gnu11", "-O2", "perf/library/times.c", "-o", program, "-I", $"{library}/include", "-L", $"{library}/lib", "-lfmm", $"-Wl,-rpath,{library}/lib"]);
            output.WriteLine("| case | bits | C#: first ms | warm ms | library: first ms | warm ms | speed of C#'s |");
            output.WriteLine("|---|---|---|---|---|---|---|");
            bool met = true;
            foreach (int width in widths)
            {
                if (!File.Exists($"{library}/lib/fmm/libfmm-{width}.so")) continue;
                for (int i = 0; i < LibraryCase.All.Length; i++) met &= Case(output, program, width, i);
            }

            return met;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One case by the C# solver, for the parent process.</summary>
    public static void RunSolver(TextWriter output, int number)
    {
        (double first, double shortest) = LibraryCase.All[number].Measure();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first:f2} {shortest:f2} 0"));
    }

    private static bool Case(TextWriter output, string program, int width, int number)
    {
        LibraryCase one = LibraryCase.All[number];
        (double First, double Shortest) solver = (double.PositiveInfinity, double.PositiveInfinity), library = solver;
        for (int round = 0; round < Rounds; round++)
        {
            Take(ref solver, Start(Environment.ProcessPath!, ["library", $"{number}"], width));
            Take(ref library, Start(program, [one.Kernel, one.Words, one.Gradient ? "1" : "0", $"{one.Points}", $"{one.Turns}"], width));
        }

        double speed = solver.Shortest / library.Shortest;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {one.Name} | {width} | {solver.First:f0} | {solver.Shortest:f1} | {library.First:f0} | {library.Shortest:f1} | {100 * speed:f0} % |"));
        return speed >= Least;
    }

    private static void Take(ref (double First, double Shortest) least, string line)
    {
        double[] numbers = [.. line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        least = (Math.Min(least.First, numbers[0]), Math.Min(least.Shortest, numbers[1]));
    }

    // The width of the library by its own variable, that of the solver by the runtime's: with the instructions that the library was compiled for.
    private static string Start(string program, string[] arguments, int width = 512)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true };
        start.Environment["FMM_REGISTERS"] = width == 512 ? "" : $"{width}";
        if (width < 512) start.Environment["DOTNET_EnableAVX512"] = "0";
        if (width < 256) start.Environment["DOTNET_EnableAVX"] = "0";
        using Process process = Process.Start(start)!;
        string told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? told.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
    }
}
