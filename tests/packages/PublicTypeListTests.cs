using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>
/// What a stranger sees: the public types of the four libraries, a line each, kept in PublicTypes.txt. A new one there is a promise to keep. After a
/// change that is meant, run this test with FMM_GOLDEN=write and commit the file.
/// </summary>
internal sealed class PublicTypeListTests
{
    [Test]
    public void The_public_types_are_those_that_are_written_down()
    {
        IEnumerable<string> names = new[] { typeof(World), typeof(Position), typeof(FmmSolver), typeof(PointSet) }
            .SelectMany(type => type.Assembly.GetExportedTypes()).Select(type => type.FullName!).Order(StringComparer.Ordinal);
        string found = string.Join('\n', names) + '\n', file = Golden();
        if (Environment.GetEnvironmentVariable("FMM_GOLDEN") == "write") File.WriteAllText(file, found);
        Assert.That(found, Is.EqualTo(File.ReadAllText(file).ReplaceLineEndings("\n")));
    }

    private static string Golden([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "PublicTypes.txt");
}
