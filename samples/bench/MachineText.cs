using System.Reflection;
using System.Runtime.InteropServices;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>What a measurement was taken on and with: the lines at the head of every baseline.</summary>
public static class MachineText
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>The processor's name as the system tells it.</summary>
    public static string Processor()
    {
        if (File.Exists(ProcessorFile))
        {
            foreach (string line in File.ReadLines(ProcessorFile))
                if (line.StartsWith("model name", StringComparison.Ordinal)) return line[(line.IndexOf(':') + 1)..].Trim();
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    /// <summary>The commit that was built, as the compiler wrote it into the program.</summary>
    public static string Commit()
    {
        string version = typeof(MachineText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        int plus = version.IndexOf('+');
        return plus < 0 ? "unknown" : version[(plus + 1)..];
    }

    /// <summary>Processor, threads, vector width, linear algebra and runtime in one line.</summary>
    /// <exception cref="InputException">An environment variable asks for what is not there.</exception>
    public static string Machine(int threads)
    {
        (RegisterWidth width, string algebra) = Fmm.Samples.Machine.Choice();
        string lanes = width == RegisterWidth.Scalar ? "scalars" : $"{(int)width}-bit vectors";
        return $"{Processor()}, {threads} threads, {lanes}, {algebra}, {RuntimeInformation.FrameworkDescription}";
    }
}
