using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Which known name is the nearest to a wrong one.</summary>
internal sealed class NearestNameTests
{
    [TestCase("order", "order", 0)]
    [TestCase("", "order", 5)]
    [TestCase("order", "", 5)]
    [TestCase("ordre", "order", 1)]
    [TestCase("oder", "order", 1)]
    [TestCase("orderr", "order", 1)]
    [TestCase("ardor", "order", 2)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("ca", "abc", 3)]
    public void ADistanceCountsLettersToChange(string from, string to, int changes)
    {
        Assert.That(NearestName.Distance(from, to), Is.EqualTo(changes));
        Assert.That(NearestName.Distance(to, from), Is.EqualTo(changes));
    }

    [TestCase("maxlevel", "max_level")]
    [TestCase("n_points", "npoints")]
    [TestCase("data-type", "data_type")]
    [TestCase("ncrit", "npoints")]
    [TestCase("source_density_filename", "source_densities_filename")]
    public void TheNearestKeyIsTheOneWithTheFewestChanges(string key, string nearest) =>
        Assert.That(NearestName.Of(key, ConfigKey.All.Select(one => one.Name)), Is.EqualTo(nearest));
}
