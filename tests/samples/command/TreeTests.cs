using System.Text.Json;
using System.Xml.Linq;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary><c>fmm tree</c> and <c>fmm inspect</c>.</summary>
internal sealed class TreeTests : CommandFixture
{
    [TestCase]
    [TestCase("--textbook")]
    public void EveryLeafMeetsEveryPointOnceThroughItsLists(params string[] options)
    {
        const int Count = 3000;
        using Hdf5File file = Tree(Count, options);
        int[] levels = Read<int>(file, "octree/levels"), parents = Read<int>(file, "octree/parents"), sources = Read<int>(file, "octree/sources"), leaves = Read<int>(file, "octree/leaves");
        Dictionary<string, (long[] Offsets, int[] Members)> lists = "uvwx".ToDictionary(
            kind => kind.ToString(), kind => (Read<long>(file, $"interaction_lists/{kind}/offsets"), Read<int>(file, $"interaction_lists/{kind}/members")));
        Assert.That(leaves.Sum(leaf => sources[leaf]), Is.EqualTo(Count));
        foreach (int leaf in leaves)
        {
            long met = Sum("u", leaf) + Sum("w", leaf);
            for (int node = leaf; node >= 0; node = parents[node]) met += Sum("v", node) + Sum("x", node);
            Assert.That(met, Is.EqualTo(Count), $"leaf {leaf} of level {levels[leaf]}");
        }

        long Sum(string kind, int node)
        {
            (long[] offsets, int[] members) = lists[kind];
            long sum = 0;
            for (long at = offsets[node]; at < offsets[node + 1]; at++) sum += sources[members[at]];
            return sum;
        }
    }

    [Test]
    public void WhatTheCommandTellsOfTheListsIsWhatIsInTheFile()
    {
        string told = FmmOutcome.Of("tree", WriteCube(3000), "--leaf", "20", "--output", In("told.h5")).Output;
        string[] lists = [.. told.Split('\n').SkipWhile(line => !line.StartsWith("list ", StringComparison.Ordinal)).Where(line => line.Length > 0)];
        Assert.That(lists, Has.Length.EqualTo(5));
        Assert.That(FmmOutcome.Of("inspect", In("told.h5")).Output.Split('\n'), Is.SupersetOf(lists));
    }

    [Test]
    public void TheTextbooksXListsAreTheTransposeOfItsWLists()
    {
        using Hdf5File file = Tree(3000, "--textbook");
        Assert.That(Pairs(file, "w").Order(), Is.EqualTo(Pairs(file, "x").Select(pair => (pair.Member, pair.Node)).Order()).And.Not.Empty);
    }

    [Test]
    public void ParaViewFindsTheBoxesByTheirPathsAndShapes()
    {
        using Hdf5File file = Tree(500);
        XDocument xdmf = XDocument.Load(In("tree.xdmf"));
        XElement[] items = [.. xdmf.Descendants("DataItem")];
        Assert.That(items, Has.Length.EqualTo(4));
        foreach (XElement item in items)
        {
            string[] place = item.Value.Split(":/");
            Assert.That(place[0], Is.EqualTo("tree.h5"));
            Assert.That(string.Join(' ', file.Dataset(place[1]).Shape), Is.EqualTo(item.Attribute("Dimensions")!.Value));
        }
    }

    [Test]
    public void InspectTellsListsTheSameAsTheTree()
    {
        using (Tree(3000))
        {
            FmmOutcome outcome = FmmOutcome.Of("inspect", In("tree.h5"));
            Assert.That(outcome.Code, Is.Zero, outcome.Error);
            Assert.That(outcome.Output, Does.Contain("octree/keys").And.Contain("64-bit integers").And.Contain("tree: depth "));
            using JsonDocument json = JsonDocument.Parse(FmmOutcome.Of("inspect", In("tree.h5"), "--json").Output);
            using Hdf5File file = Hdf5File.Open(In("tree.h5"));
            Assert.That(json.RootElement.GetProperty("lists").GetProperty("v").GetProperty("members").GetInt64(), Is.EqualTo(Read<int>(file, "interaction_lists/v/members").Length));
        }
    }

    [Test]
    public void PaddedTablesOfPyExaFmmAreCountedWithoutTheirPadding()
    {
        using (Hdf5Writer file = Hdf5Writer.Create(In("old.h5")))
        {
            file.Dataset<long>("interaction_lists/u", new long[] { 5, 6, -1, 7, -1, -1, -1, -1, -1 }, [3, 3]);
            file.Save();
        }

        using JsonDocument json = JsonDocument.Parse(FmmOutcome.Of("inspect", In("old.h5"), "--json").Output);
        JsonElement near = json.RootElement.GetProperty("lists").GetProperty("u");
        Assert.That((near.GetProperty("lists").GetInt32(), near.GetProperty("mean").GetDouble(), near.GetProperty("largest").GetInt32()), Is.EqualTo((2, 1.5, 2)));
    }

    [TestCase("no.h5", "there is no such file")]
    [TestCase("cube.csv", "HDF5")]
    public void WhatIsNoHdf5IsRefusedByName(string name, string reason)
    {
        WriteCube(3);
        FmmOutcome outcome = FmmOutcome.Of("inspect", In(name));
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain(name).And.Contain(reason));
    }

    private Hdf5File Tree(int count, params string[] options)
    {
        // Crowded towards a corner, so that W and X lists have members.
        Random random = new(3);
        string rows = string.Concat(Enumerable.Range(0, count).Select(_ => $"{Cube(random):R},{Cube(random):R},{Cube(random):R}\n"));
        FmmOutcome outcome = FmmOutcome.Of(["tree", Write("points.csv", "x,y,z\n" + rows), "--leaf", "20", "--output", In("tree.h5"), .. options]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        return Hdf5File.Open(In("tree.h5"));
    }

    private static double Cube(Random random) => Math.Pow(random.NextDouble(), 3);

    private static T[] Read<T>(Hdf5File file, string path)
        where T : unmanaged
    {
        T[] all = new T[file.Dataset(path).Count];
        file.Dataset(path).Read<T>(all);
        return all;
    }

    private static IEnumerable<(int Node, int Member)> Pairs(Hdf5File file, string kind)
    {
        long[] offsets = Read<long>(file, $"interaction_lists/{kind}/offsets");
        int[] members = Read<int>(file, $"interaction_lists/{kind}/members");
        for (int node = 0; node + 1 < offsets.Length; node++)
            for (long at = offsets[node]; at < offsets[node + 1]; at++) yield return (node, members[at]);
    }
}
