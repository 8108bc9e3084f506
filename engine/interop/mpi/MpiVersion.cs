namespace Fmm.Engine.Interop;

/// <summary>What a library of MPI says about itself, in a few words.</summary>
internal static class MpiVersion
{
    /// <summary>The name and the number: <c>Open MPI 4.1.4</c> from <c>Open MPI v4.1.4, package: Debian OpenMPI, ident: ...</c>.</summary>
    /// <param name="text">What <c>MPI_Get_library_version</c> gives: every library has a form of its own.</param>
    public static string Shorten(string text)
    {
        // Cray's: MPI VERSION    : CRAY MPICH version 8.1.25.17 (ANL base 3.4a2)
        string line = text.ReplaceLineEndings("\n").Split('\n')[0];
        string[] parts = line.Split(',')[0].Split(':', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["MPI VERSION", ..]) parts = parts[1..];
        List<string> words = [];
        foreach (string word in string.Join(' ', parts).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Equals("version", StringComparison.OrdinalIgnoreCase)) continue;
            bool isNumber = char.IsAsciiDigit(word[0]) || (word.Length > 1 && word[0] == 'v' && char.IsAsciiDigit(word[1]));
            words.Add(isNumber ? word.TrimStart('v') : word);
            if (isNumber) break;
        }

        return words.Count > 0 ? string.Join(' ', words) : "MPI";
    }
}
