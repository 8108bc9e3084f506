namespace Fmm.Tests.Docs;

/// <summary>A page of docs/, its fenced blocks and the programs that they make.</summary>
/// <remarks>
/// A <c>csharp</c> block that begins with a using directive begins a program, as does a <c>c</c> block that begins with an include, and every <c>fortran</c> and
/// <c>julia</c> block; the blocks of the same language after it belong to it, up to the next one that begins so. <c>text</c> blocks are what that program
/// prints, all of it. Other blocks are nobody's.
/// </remarks>
internal sealed record Page(string Name, IReadOnlyList<PageBlock> Blocks)
{
    private const string Fence = "```";

    /// <summary>All pages, by name.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Clone.Root, "docs"), "*.md").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    /// <summary>Reads a page.</summary>
    public static Page Of(string name)
    {
        List<PageBlock> blocks = [];
        string[] lines = Clone.Lines(Path.Combine("docs", name));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            int end = Array.IndexOf(lines, Fence, i + 1);
            if (end < 0) throw new InvalidDataException($"{name}, line {i + 1}: the block has no end.");
            blocks.Add(new PageBlock(lines[i][Fence.Length..], i + 2, lines[(i + 1)..end]));
            i = end;
        }
        return new Page(name, blocks);
    }

    /// <summary>The programs, in their order.</summary>
    public IReadOnlyList<PageProgram> Programs()
    {
        List<PageProgram> programs = [];
        foreach (PageBlock block in Blocks)
        {
            string first = block.Lines is [string line, ..] ? line : "";
            bool begins = block.Kind switch
            {
                "csharp" => first.StartsWith("using ", StringComparison.Ordinal),
                "c" => first.StartsWith("#include ", StringComparison.Ordinal),
                "fortran" or "julia" => true,
                _ => false,
            };
            if (begins) programs.Add(new PageProgram(Name, block.Kind, programs.Count + 1));
            if (block.Kind is not ("csharp" or "c" or "fortran" or "julia" or "text")) continue;
            if (programs.Count == 0 || (block.Kind != "text" && block.Kind != programs[^1].Language)) throw new InvalidDataException($"{Name}, line {block.Line}: the block belongs to no program; begin one with its usings or includes.");
            (block.Kind == "text" ? programs[^1].Output : programs[^1].Code).Add(block);
        }
        return programs;
    }
}
