using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary><c>fmm kernels</c>: the kernels that the command knows, as they tell themselves, and whether they are what they declare.</summary>
internal static class KernelsCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal)
    {
        Command command = new("kernels", "List the kernels: parameters, numbers a source and a target, homogeneity");
        Option<bool> check = new("--check") { Description = "Hold each to what it declares: formula, gradient, degree, parity" };
        Option<bool> json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };
        command.Options.Add(check);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            (BuiltInKernel Kernel, IReadOnlyList<KernelFinding>? Findings)[] kernels =
                [.. BuiltInKernel.All.Select(kernel => (kernel, parsed.GetValue(check) ? KernelChoice.Check(kernel) : null))];
            if (parsed.GetValue(json)) Write(terminal.Data, kernels);
            else Tell(terminal.Output, kernels);
            string[] faults = [.. kernels.SelectMany(one => one.Findings ?? []).Select(finding => finding.Message)];
            if (faults.Length > 0) throw new NotReachedException(string.Join(" ", faults));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(TextWriter output, (BuiltInKernel Kernel, IReadOnlyList<KernelFinding>? Findings)[] kernels)
    {
        int name = kernels.Max(one => one.Kernel.Name.Length), parameters = Math.Max("parameters".Length, kernels.Max(one => Parameters(one.Kernel).Length));
        output.WriteLine($"{"kernel".PadRight(name)}  {"parameters".PadRight(parameters)}  source  target  degree  derivatives  formula");
        foreach ((BuiltInKernel kernel, IReadOnlyList<KernelFinding>? findings) in kernels)
        {
            string degree = kernel.Degree?.ToString(CultureInfo.InvariantCulture) ?? "-", checkedTo = findings is null ? "" : findings.Count == 0 ? ": sound" : ": NOT SOUND";
            output.WriteLine(
                $"{kernel.Name.PadRight(name)}  {Parameters(kernel).PadRight(parameters)}  {kernel.SourceComponents,6}  {kernel.PotentialComponents,6}  {degree,6}  {Derivatives(kernel),-11}  {kernel.Formula}{checkedTo}");
        }

        output.WriteLine("source, target: numbers of each; degree g: K(s d) = s^g K(d), - for a kernel with a length of its own");
    }

    private static string Parameters(BuiltInKernel kernel) => kernel.Parameters.Count == 0 ? "-"
        : string.Join(" ", kernel.Parameters.Select(one => one.Preset is double preset ? string.Create(CultureInfo.InvariantCulture, $"{one.Name}={preset}") : one.Name));

    private static string Derivatives(BuiltInKernel kernel) => kernel.HasHessian ? "1st and 2nd" : KernelChoice.HasGradient(kernel) ? "1st" : "-";

    private static void Write(Stream stream, (BuiltInKernel Kernel, IReadOnlyList<KernelFinding>? Findings)[] kernels)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("kernels");
            foreach ((BuiltInKernel kernel, IReadOnlyList<KernelFinding>? findings) in kernels) Write(json, kernel, findings);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Write(Utf8JsonWriter json, BuiltInKernel kernel, IReadOnlyList<KernelFinding>? findings)
    {
        json.WriteStartObject();
        KernelJson.Write(json, kernel);
        FieldJson.NumberOrNull(json, "degree", kernel.Degree);
        json.WriteString("parity", kernel.Parity.ToString().ToLowerInvariant());
        json.WriteBoolean("gradient", KernelChoice.HasGradient(kernel));
        json.WriteBoolean("hessian", kernel.HasHessian);
        if (findings is not null)
        {
            json.WriteStartArray("findings");
            foreach (KernelFinding finding in findings) json.WriteStringValue(finding.Message);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
