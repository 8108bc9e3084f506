using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>The Fortran module: its sample runs, what it refuses is told, and its declarations are the header's.</summary>
internal sealed class FortranTests
{
    private static readonly string _module = Path.Combine(Clone.Root, "systems", "library", "fortran", "fmm.f90");

    // What a declaration in Fortran stands for in C.
    private static readonly Dictionary<string, string[]> _types = new()
    {
        ["type(c_ptr), value"] = ["fmm_solver *", "char *"],
        ["type(c_ptr), intent(out)"] = ["fmm_solver **"],
        ["type(c_ptr)"] = ["const char *"],
        ["type(fmm_array), intent(in)"] = ["const fmm_array *"],
        ["type(fmm_array), intent(in), optional"] = ["const fmm_array *"],
        ["type(fmm_kernel), intent(in)"] = ["const fmm_kernel *"],
        ["character(kind=c_char), intent(in)"] = ["const char *"],
        ["integer(c_int64_t), value"] = ["int64_t"],
        ["integer(c_size_t), value"] = ["size_t"],
        ["integer(c_size_t), intent(inout)"] = ["size_t *"],
        ["real(c_double), intent(out)"] = ["double *"],
        ["integer(c_int)"] = ["fmm_status"],
    };

    [Test]
    public void The_sample_has_a_field_a_kernel_of_its_own_and_a_refusal_with_its_text()
    {
        using NativeProgram program = new("gfortran", _module, Path.Combine(Clone.Root, "samples", "fortran", "field.f90"));
        Assert.That(program.Told(), Does.Match(
            @"^error against 100 direct sums: potential +\S+E-\d+, gradient +\S+E-\d+\na kernel of our own against the built-in one: +\S+E-\d+\nstatus 1: .*10.*4000.*\n$"));
    }

    [Test]
    public void Every_procedure_does_what_it_says()
    {
        using NativeProgram program = new("gfortran", _module, Path.Combine(Clone.Root, "tests", "library", "procedures.f90"));
        Assert.That(program.Told(), Is.EqualTo("all checks held\n"));
    }

    [Test]
    public void Without_a_status_a_refusal_ends_the_program_with_its_text()
    {
        using NativeProgram program = new("gfortran", _module, Path.Combine(Clone.Root, "tests", "library", "procedures.f90"));
        ChildOutcome outcome = program.Run("refused");
        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.StartWith("there is no kernel 'nonsense'"));
    }

    [Test]
    public void The_declarations_are_the_headers()
    {
        CHeader header = CHeader.Read();
        string text = File.ReadAllText(_module).Replace("&\n", " ", StringComparison.Ordinal);
        Dictionary<string, (string[] Arguments, string Result)> interfaces = [];
        List<(string Name, string Declared)> bound = [];
        foreach (Match match in Regex.Matches(text, @"function (\w+)\(([^)]*)\) bind\(c(?:, name='(\w+)')?\) result\((\w+)\)\n(.*?)\n      end", RegexOptions.Singleline))
        {
            Dictionary<string, string> declared = [];
            foreach (string line in match.Groups[5].Value.Split('\n').Where(line => line.Contains("::", StringComparison.Ordinal)))
            {
                string[] halves = line.Split("::");
                foreach (string name in Regex.Replace(halves[1], @"\([^)]*\)", "").Split(',')) declared.Add(name.Trim(), halves[0].Trim());
            }
            string[] arguments = [.. match.Groups[2].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => declared[name.Trim()])];
            interfaces.Add(match.Groups[1].Value, (arguments, declared[match.Groups[4].Value]));
            if (match.Groups[3].Success) bound.Add((match.Groups[3].Value, match.Groups[1].Value));
        }
        bound.AddRange(Regex.Matches(text, @"procedure\((\w+)\), bind\(c, name='(\w+)'\)").Select(match => (match.Groups[2].Value, match.Groups[1].Value)));

        Assert.That(bound.Select(one => one.Name).ToArray(), Is.Unique.And.Length.EqualTo(12));
        Assert.Multiple(() =>
        {
            foreach ((string name, string declared) in bound)
            {
                (string returns, string[] expected) = header.Functions[name];
                (string[] arguments, string result) = interfaces[declared];
                Assert.That(_types[result], Does.Contain(returns), name);
                Assert.That(arguments, Has.Length.EqualTo(expected.Length), name);
                for (int i = 0; i < arguments.Length; i++) Assert.That(_types[arguments[i]], Does.Contain(expected[i]), $"{name}, argument {i + 1}");
            }
        });
    }

    [Test]
    public void Statuses_and_structs_are_the_headers()
    {
        CHeader header = CHeader.Read();
        string text = File.ReadAllText(_module);
        string statuses = Regex.Match(text, @"parameter, public :: (.*?)\n\n", RegexOptions.Singleline).Groups[1].Value;
        Assert.That(Regex.Matches(statuses, @"(\w+) = (\d+)").Select(match => (match.Groups[1].Value.ToUpperInvariant(), int.Parse(match.Groups[2].Value))),
            Is.EqualTo(header.Statuses.Select(status => (status.Key, status.Value))));
        Assert.That(Members(text, "fmm_array"), Is.EqualTo(header.Structs["fmm_array"].Select(member => $"{member.Type} {member.Name}")));
        Assert.That(Members(text, "fmm_kernel"), Is.EqualTo(header.Structs["fmm_kernel"].Select(member => $"{member.Type} {member.Name}")));
    }

    private static IEnumerable<string> Members(string text, string name)
    {
        foreach (Match line in Regex.Matches(Regex.Match(text, $@"type, bind\(c\) :: {name}\n(.*?)end type", RegexOptions.Singleline).Groups[1].Value, @"(\S+) :: (.*)"))
        {
            foreach (string member in line.Groups[2].Value.Split(", "))
            {
                string plain = member.Split('(')[0], length = member.Contains('(', StringComparison.Ordinal) ? $"[{member.Split('(')[1].TrimEnd(')')}]" : "";
                yield return (line.Groups[1].Value switch
                {
                    "type(c_ptr)" => plain == "name" ? "const char *" : "void *",
                    "type(c_funptr)" => "function",
                    "integer(c_size_t)" => "size_t",
                    "integer(c_int64_t)" => "int64_t" + length,
                    _ => "int32_t",
                }) + " " + plain;
            }
        }
    }
}
