using System.CommandLine;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>Which scenes run over ranks, and which of their options do.</summary>
internal static class RankScenes
{
    // What watches a run or keeps its state has all bodies in one memory.
    private static readonly string[] _ofOneRank = [PlotOption.Name, .. LongRunOptions.Names, .. ViewOptions.Names, .. SeriesOptions.Names];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => SceneSet.All.Where(one => one.RunsOverRanks).Select(one => one.Name);

    /// <summary>Refuses what runs on one rank alone.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public static void Check(IRanks ranks, Scene scene, ParseResult parsed)
    {
        if (ranks.Count == 1) return;
        if (!scene.RunsOverRanks) throw new InputException($"the scene {scene.Name} runs on one rank, and there are {ranks.Count}; those that run over ranks are {string.Join(", ", Names)}");
        string? option = _ofOneRank.FirstOrDefault(name => parsed.GetResult(name) is System.CommandLine.Parsing.OptionResult { Implicit: false });
        if (option is not null) throw new InputException($"{option} works on one rank, and there are {ranks.Count}; leave it out");
    }
}
