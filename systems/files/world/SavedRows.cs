using System.Globalization;
using System.Text;

namespace Fmm.Files;

/// <summary>A column as a file describes it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Key">The component's type, in words that are the same in every run.</param>
/// <param name="Fields">Names of its fields, in their order.</param>
/// <param name="Bytes">Bytes of a value.</param>
/// <param name="Stride">Values a row.</param>
/// <param name="Checksum">Of its numbers.</param>
internal sealed record SavedColumn(string Path, string Key, string Fields, int Bytes, int Stride, string Checksum);

/// <summary>The rows of an archetype as a file describes them.</summary>
/// <param name="Level">Their level.</param>
/// <param name="EnBloc">Whether they are made all together.</param>
/// <param name="Count">How many.</param>
/// <param name="Columns">Their columns, in the order of their signature.</param>
internal sealed record SavedRows(int Level, bool EnBloc, int Count, IReadOnlyList<SavedColumn> Columns);

/// <summary>All that a file tells about a world, but for its columns' numbers.</summary>
/// <param name="Rows">The archetypes.</param>
/// <param name="Entities">Archetype (-1: free), row (the next free id), version and last version of each id, one after the other.</param>
/// <param name="Free">The first free id; -1: none.</param>
/// <param name="Numbers">Clock and method, by name.</param>
/// <param name="State">What else was kept.</param>
internal sealed record SavedWorld(IReadOnlyList<SavedRows> Rows, int[] Entities, int Free, IReadOnlyDictionary<string, object> Numbers, SavedState State)
{
    /// <summary>Numbers of an id.</summary>
    public const int NumbersOfAnId = 4;

    /// <summary>Checksum of all of it; those of the columns are in it.</summary>
    public string Checksum()
    {
        StringBuilder text = new();
        foreach ((string name, object value) in Numbers) Append(text, name, value);
        foreach (string name in State.Names) Append(text, name, State[name]);
        foreach (SavedRows rows in Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"rows {rows.Level} {rows.EnBloc} {rows.Count}\n");
            foreach (SavedColumn column in rows.Columns) text.Append(CultureInfo.InvariantCulture, $"{column}\n");
        }
        RowChecksum sum = new();
        sum.Add<int>([.. text.ToString().Select(letter => (int)letter)]);
        sum.Add<int>(Entities);
        sum.Add<int>([Free]);
        return sum.ToString();
    }

    private static void Append(StringBuilder text, string name, object value)
    {
        string told = value switch
        {
            double number => $"{BitConverter.DoubleToInt64Bits(number):x}",
            double[] numbers => string.Join(' ', numbers.Select(number => $"{BitConverter.DoubleToInt64Bits(number):x}")),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        text.Append(CultureInfo.InvariantCulture, $"{name}={told}\n");
    }
}
