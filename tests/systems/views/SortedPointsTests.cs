using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Views;

/// <summary>The one chunk of points that a query finds.</summary>
internal sealed class SortedPointsTests
{
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag, InputIndex>();
    private World _world = null!;
    private TreeLayout _layout = null!;

    [SetUp]
    public void MakeWorld()
    {
        _world = World.Create();
        _layout = new TreeLayout();
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void The_chunk_with_rows_is_found_among_empty_ones([Values] bool shared)
    {
        _layout.Shared.Rows(_world).SetCount(shared ? 7 : 0);
        _layout.Sources.Rows(_world).SetCount(shared ? 0 : 4);
        Assert.That(SortedPoints.Of(_world.Query(in _sources)).Count, Is.EqualTo(shared ? 7 : 4));
    }

    [Test]
    public void No_points_at_all_are_an_empty_chunk()
    {
        _layout.Shared.Rows(_world).SetCount(0);
        Assert.That(SortedPoints.Of(_world.Query(in _sources)).Count, Is.Zero);
    }

    [Test]
    public void Points_that_were_not_sorted_are_missed() =>
        Assert.That(() => SortedPoints.Of(_world.Query(in _sources)), Throws.InvalidOperationException.With.Message.StartsWith("There are no sorted points with {InputIndex, SourceTag}: run SortPoints before"));

    [Test]
    public void Rows_of_a_host_that_look_like_points_are_refused_by_name()
    {
        _layout.Sources.Rows(_world).SetCount(4);
        _world.Create(new SourceTag(), new InputIndex());
        Assert.That(() => SortedPoints.Of(_world.Query(in _sources)), Throws.InvalidOperationException.With.Message.Contains("Rows of {InputIndex, PointKey, SourceTag} and of {InputIndex, SourceTag}"));
    }
}
