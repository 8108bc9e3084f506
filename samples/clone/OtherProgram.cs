using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Hands the process over to another program, with its streams, its signals and its exit code.</summary>
internal static class OtherProgram
{
    private const int BrokenPipe = 13;

    /// <summary>
    /// Becomes the program. On Linux it takes this process's place: a build that writes this command's own files anew finds nobody who still reads them.
    /// Elsewhere it runs as a child.
    /// </summary>
    /// <param name="folder">Where it starts.</param>
    /// <param name="program">Its name.</param>
    /// <param name="words">What it is told.</param>
    /// <returns>Its exit code, where it was a child.</returns>
    /// <exception cref="InputException">It can't be started.</exception>
    public static int Become(string folder, string program, string[] words)
    {
        if (!OperatingSystem.IsLinux()) return Run(folder, program, words);
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;

        // The runtime ignores it, and what is ignored is inherited: a pipe of the program's would not end.
        nint action = Posix.Signal(BrokenPipe, 0);
        _ = Posix.Execute(program, [program, .. words, null]);
        string fault = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
        _ = Posix.Signal(BrokenPipe, action);
        Environment.CurrentDirectory = before;
        throw Refusal(folder, program, fault);
    }

    private static int Run(string folder, string program, string[] words)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = folder, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception fault)
        {
            throw Refusal(folder, program, fault.Message);
        }
    }

    private static InputException Refusal(string folder, string program, string fault) =>
        new($"{program} can't be started in {folder}: {fault.TrimEnd('.')}; see whether it is installed");
}
