using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>
/// The Julia module: every call and struct of it is held to the header; its sample runs where there is a julia (Debian has none: julialang.org).
/// </summary>
internal sealed class JuliaTests
{
    private static readonly string _module = Path.Combine(Clone.Root, "systems", "library", "julia", "Fmm.jl");

    // What a type of Julia's stands for in C.
    private static readonly Dictionary<string, string> _types = new()
    {
        ["Cstring"] = "const char *",
        ["Ptr{Cvoid}"] = "fmm_solver *",
        ["Ptr{Ptr{Cvoid}}"] = "fmm_solver **",
        ["Ptr{Layout}"] = "const fmm_array *",
        ["Ptr{KernelTable}"] = "const fmm_kernel *",
        ["Ptr{Cdouble}"] = "double *",
        ["Ptr{Int64}"] = "int64_t *",
        ["Ptr{UInt8}"] = "char *",
        ["Ptr{Csize_t}"] = "size_t *",
        ["Csize_t"] = "size_t",
        ["Int64"] = "int64_t",
        ["Cint"] = "fmm_status",
    };

    [Test]
    public void The_sample_runs()
    {
        LibraryFiles.Require();
        if (!NativeProgram.Has("julia")) Assert.Ignore("needs julia 1.9 or newer, which Debian does not have: https://julialang.org");
        ProcessStartInfo start = new("julia", ["--startup-file=no", Path.Combine(Clone.Root, "samples", "julia", "field.jl")]);
        start.Environment["FMM_LIBRARY"] = LibraryFiles.Loader;
        ChildOutcome outcome = ChildOutcome.Of(start);
        Assert.That(outcome.Code, Is.Zero, $"{outcome.Output}\n{outcome.Error}");
        Assert.That(outcome.Output, Does.StartWith("error against 100 direct sums").And.Contain("a kernel of our own").And.Contain("fmm_set_points"));
    }

    [Test]
    public void Every_call_has_the_headers_arguments_and_result()
    {
        CHeader header = CHeader.Read();
        (string Name, string[] Arguments, string Result)[] calls = [.. Calls(File.ReadAllText(_module))];
        Assert.That(calls.Select(call => call.Name).Distinct().Count(), Is.EqualTo(15));
        Assert.Multiple(() =>
        {
            foreach ((string name, string[] arguments, string result) in calls)
            {
                Assert.That(header.Functions, Does.ContainKey(name));
                (string returns, string[] expected) = header.Functions[name];
                Assert.That(_types[result], Is.EqualTo(returns), name);
                Assert.That(arguments.Select(type => _types[type]), Is.EqualTo(expected), name);
            }
        });
    }

    [TestCase("Layout", "fmm_array")]
    [TestCase("KernelTable", "fmm_kernel")]
    public void A_struct_lies_as_the_headers_does(string julia, string c)
    {
        string body = Regex.Match(File.ReadAllText(_module), $@"struct {julia}\n(.*?)\nend", RegexOptions.Singleline).Groups[1].Value;
        IEnumerable<string> members = body.Split('\n').Select(line => line.Trim().Split("::")).Select(halves => (halves[1] switch
        {
            "Ptr{Cvoid}" => halves[0] is "scalar" or "batch" ? "function" : "void *",
            "NTuple{4,Int64}" => "int64_t[4]",
            "Cstring" => "const char *",
            "Csize_t" => "size_t",
            "Int32" => "int32_t",
            string other => other,
        }) + " " + halves[0]);
        Assert.That(members, Is.EqualTo(CHeader.Read().Structs[c].Select(member => $"{member.Type} {member.Name}")));
    }

    [Test]
    public void The_function_of_a_kernel_has_the_headers_arguments()
    {
        string called = Regex.Match(File.ReadAllText(_module), @"@cfunction\(\$batch, (\w+), \(([^)]*)\)\)").Value;
        Assert.That(called, Is.EqualTo("@cfunction($batch, Cvoid, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))"));
        Assert.That(File.ReadAllText(LibraryFiles.Header), Does.Contain("void (*batch)(int64_t count, const double *r, double *values, double *derivatives, void *user);"));
    }

    [Test]
    public void A_call_that_differs_from_the_header_would_be_seen()
    {
        (string name, string[] arguments, string result) = Calls("check(@ccall library.fmm_verify(f(a, b)::Ptr{Cvoid}, n::Int32,\n g::Ptr{Cdouble})::Cint)").Single();
        Assert.That((name, string.Join(' ', arguments), result), Is.EqualTo(("fmm_verify", "Ptr{Cvoid} Int32 Ptr{Cdouble}", "Cint")));
    }

    // @ccall library.NAME(EXPRESSION::TYPE, ...)::TYPE
    private static IEnumerable<(string Name, string[] Arguments, string Result)> Calls(string text)
    {
        foreach (Match match in Regex.Matches(text, @"@ccall library\.(\w+)\("))
        {
            List<string> arguments = [];
            int depth = 1, start = match.Index + match.Length, at = start;
            for (; depth > 0; at++)
            {
                if (text[at] is '(' or '{' or '[') depth++;
                if (text[at] is ')' or '}' or ']') depth--;
                if ((depth != 1 || text[at] != ',') && depth != 0) continue;
                if (at > start) arguments.Add(text[start..at].Split("::")[^1].Trim());
                start = at + 1;
            }
            yield return (match.Groups[1].Value, [.. arguments], Regex.Match(text[at..], @"^::(\w+)").Groups[1].Value);
        }
    }
}
