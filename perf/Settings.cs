using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fmm.Perf;

/// <summary>What the command line says about the tables.</summary>
/// <param name="Points">Points; null for the table's own number.</param>
/// <param name="Leaf">Leaf capacity; null for the engine's choice.</param>
/// <param name="Quick">Fewer points and orders.</param>
internal sealed record Settings(int? Points, int? Leaf, bool Quick)
{
    /// <summary>The command line to print beside the figures.</summary>
    public string Arguments =>
        $"{(Points is int n ? $" --n {n}" : "")}{(Leaf is int leaf ? $" --leaf {leaf}" : "")}{(Quick ? " --quick" : "")}";

    /// <summary>Reads options; false where one is unknown or no number.</summary>
    public static bool TryParse(ReadOnlySpan<string> arguments, [NotNullWhen(true)] out Settings? settings)
    {
        settings = null;
        Settings read = new(null, null, false);
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name == "--quick")
            {
                read = read with { Quick = true };
                continue;
            }
            if (++i == arguments.Length || !int.TryParse(arguments[i], NumberStyles.None | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out int value) || value < 1)
                return false;
            switch (name)
            {
                case "--n": read = read with { Points = value }; break;
                case "--leaf": read = read with { Leaf = value }; break;
                default: return false;
            }
        }
        settings = read;
        return true;
    }
}
