using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>An Arch user's first program.</summary>
internal sealed class ArchUserTests
{
    [Test]
    public void FirstProgramOfAnArchUserRuns() => Assert.That(ArchUser.Game.Play(), Is.EqualTo((4f, 1.5f, 2)));
}
