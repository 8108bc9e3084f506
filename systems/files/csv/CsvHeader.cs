using System.Text;

namespace Fmm.Files;

/// <summary>The first line of a table: which of its columns are wanted, in whatever order and case they stand, and which are not.</summary>
internal sealed class CsvHeader
{
    /// <summary>A column that nobody asked for.</summary>
    public const int NotWanted = -1;

    private const string RealPart = "q_re", ImaginaryPart = "q_im";

    private CsvHeader(int[] places, string[] ignored)
    {
        Places = places;
        Ignored = ignored;
    }

    /// <summary>For each column of the table its place in the row that is read, or <see cref="NotWanted"/>.</summary>
    public int[] Places { get; }

    /// <summary>The names of the columns that nobody asked for.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="line">The line.</param>
    /// <param name="wanted">Names that must be among its columns, each once.</param>
    /// <param name="fault">What is wrong with it; empty if nothing is.</param>
    /// <returns>The header, or null where it can't be used.</returns>
    public static CsvHeader? Read(ReadOnlySpan<byte> line, string[] wanted, out string fault)
    {
        string text = Encoding.UTF8.GetString(line);
        string[] found = [.. text.Split(',').Select(name => name.Trim().Trim('"').Trim())];
        // A column q alone is the real part of complex charges, and their imaginary part 0.
        bool real = wanted.Contains(RealPart) && !found.Contains(RealPart, StringComparer.OrdinalIgnoreCase) && !found.Contains(ImaginaryPart, StringComparer.OrdinalIgnoreCase)
            && found.Contains("q", StringComparer.OrdinalIgnoreCase);
        int[] places = [.. found.Select(name => Array.FindIndex(
            wanted, one => one.Equals(real && name.Equals("q", StringComparison.OrdinalIgnoreCase) ? RealPart : name, StringComparison.OrdinalIgnoreCase)))];
        string[] ignored = [.. found.Where((_, column) => places[column] == NotWanted)];
        int missing = Array.FindIndex(wanted, name => !places.Contains(Array.IndexOf(wanted, name)) && !(real && name == ImaginaryPart));
        int twice = Array.FindIndex(places, place => place != NotWanted && places.Count(other => other == place) > 1);
        string must = string.Join(',', wanted);
        fault = missing >= 0 ? $"the header is {Quotation.Of(text.Trim())}; it must be {must}, in any order, and {wanted[missing]} is missing{Several(found, wanted[missing])}"
            : twice >= 0 ? $"the header {Quotation.Of(text.Trim())} has the column {wanted[places[twice]]} twice; rename or remove one"
            : "";
        return fault.Length == 0 ? new CsvHeader(places, ignored) : null;
    }

    private static string Several(string[] found, string missing) => found.Contains($"{missing}0", StringComparer.OrdinalIgnoreCase)
        ? $"; {missing}0 is a charge of the first of several vectors: say how many there are (fmm evaluate --vectors N)" : "";
}
