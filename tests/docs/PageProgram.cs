using System.Text;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Fmm.Tests.Docs;

/// <summary>
/// A program of a page, compiled as in a new console project that refers to the four packages (implicit usings, nullable, no unsafe code; a warning
/// is an error) and run in a process of its own; or one in C, Fortran or Julia (<see cref="NativePage"/>).
/// </summary>
/// <remarks>Usings come first, then statements, then types, each in the order of the page: a page may show a type before or after it is used.</remarks>
internal sealed class PageProgram(string page, string language, int number)
{
    private static readonly string[] _implicit =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] _libraries = [typeof(World).Assembly.Location, typeof(Position).Assembly.Location, typeof(FmmSolver).Assembly.Location, typeof(PointSet).Assembly.Location];

    // What the packages bring along, which no page names.
    private static readonly string[] _brought = [.. ((string[])["PureHDF.dll", "csFastFloat.dll"]).Select(name => Path.Combine(AppContext.BaseDirectory, name))];

    /// <summary>The kind of its blocks.</summary>
    public string Language => language;

    /// <summary>Its blocks of code.</summary>
    public List<PageBlock> Code { get; } = [];

    /// <summary>Its <c>text</c> blocks.</summary>
    public List<PageBlock> Output { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{page}, program {number}";

    /// <summary>Builds and runs it; returns the lines that it wrote.</summary>
    public string[] Run()
    {
        if (language != "csharp") return NativePage.Run(page, language, Code).TrimEnd().Split('\n');
        string folder = Path.Combine(Path.GetTempPath(), $"fmm-page-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            Build(Path.Combine(folder, "Page.dll"));
            foreach (string library in _libraries.Concat(_brought)) File.Copy(library, Path.Combine(folder, Path.GetFileName(library)));
            File.WriteAllText(Path.Combine(folder, "Page.runtimeconfig.json"), $$"""
                { "runtimeOptions": {
                    "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" },
                    "configProperties": { "System.Globalization.Invariant": true } } }
                """);
            return ChildOutcome.OfDotnet(folder, "Page.dll").TrimEnd().Split('\n');
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Build(string path)
    {
        CSharpCompilationOptions options = new(
            OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error);
        string usings = string.Concat(_implicit.Select(name => $"global using {name};\n"));
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == framework).Concat(_libraries);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Page", [CSharpSyntaxTree.ParseText(Source()), CSharpSyntaxTree.ParseText(usings)],
            references.Select(file => MetadataReference.CreateFromFile(file)), options);
        EmitResult result = compilation.Emit(path);
        if (!result.Success)
            throw new InvalidDataException(string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)));
    }

    // Messages name the page and its lines.
    private string Source()
    {
        StringBuilder usings = new(), statements = new(), types = new();
        foreach (PageBlock block in Code)
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(string.Join('\n', block.Lines));
            CompilationUnitSyntax unit = tree.GetCompilationUnitRoot();
            foreach (UsingDirectiveSyntax directive in unit.Usings) Append(usings, block, directive);
            foreach (MemberDeclarationSyntax member in unit.Members) Append(member is GlobalStatementSyntax ? statements : types, block, member);
        }
        return $"{usings}{statements}{types}";

        void Append(StringBuilder part, PageBlock block, SyntaxNode node) =>
            part.Append($"#line {block.Line + node.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line} \"docs/{page}\"\n{node.ToFullString()}\n");
    }
}
