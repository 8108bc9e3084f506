using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The operators that commands keep between runs lie in a folder of the tests' own, which goes with them: they neither find the user's nor leave theirs.</summary>
[SetUpFixture]
internal sealed class CacheFolder
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"fmm-cache-{Guid.NewGuid():N}");

    [OneTimeSetUp]
    public void Name() => Environment.SetEnvironmentVariable("XDG_CACHE_HOME", _folder);

    [OneTimeTearDown]
    public void Remove()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
