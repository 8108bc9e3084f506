using System.Globalization;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Sizes of interaction lists as text.</summary>
internal static class ListText
{
    /// <summary>A line a kind: lists, members, mean and largest.</summary>
    public static void Write(TextWriter output, IEnumerable<(string Name, ListSizes Sizes)> kinds)
    {
        output.WriteLine("list       lists     members        mean     largest");
        foreach ((string name, ListSizes sizes) in kinds)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-4}{sizes.Lists,12}{sizes.Members,12}{sizes.Mean,12:0.0}{sizes.Largest,12}"));
    }
}
