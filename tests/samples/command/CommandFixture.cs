using System.Globalization;
using Fmm.Components;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A folder of its own for the files of each command test.</summary>
internal abstract class CommandFixture
{
    protected string Folder { get; private set; } = "";

    [SetUp]
    public void MakeFolder()
    {
        Folder = Path.Combine(Path.GetTempPath(), $"fmm-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Folder);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes a file into the folder and returns its path.</summary>
    protected string Write(string name, string content)
    {
        string path = In(name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>A path in the folder.</summary>
    protected string In(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a cube of charges as a sources file.</summary>
    protected string WriteCube(int count, long seed = 1)
    {
        Position[] points = PointClouds.Draw(default(UnitCube), count, seed);
        double[] charges = PointClouds.Charges(count, seed);
        return Write("cube.csv", "x,y,z,q\n" + string.Concat(points.Select((p, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{p.X:R},{p.Y:R},{p.Z:R},{charges[i]:R}\n"))));
    }
}
