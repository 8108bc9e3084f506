using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The README's example: it is compiled and run here, and here and there it reads the same.</summary>
internal sealed class ReadmeExampleTests
{
    [Test]
    public void TheExampleComputesAFieldWithinItsTolerance()
    {
        // README begins
        Random random = new(1);
        Position[] points = new Position[20_000];
        double[] charges = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new Position(random.NextDouble(), random.NextDouble(), random.NextDouble());
            charges[i] = random.NextDouble() - 0.5;
        }

        double[] potentials = new double[points.Length];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Tolerance = 1e-6 });
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials);
        Console.WriteLine($"error against 100 direct sums: {solver.Verify(100).PotentialL2:e1}");
        // README ends
        Assert.That(solver.Verify(100).PotentialL2, Is.LessThan(1e-6));
    }

    [Test]
    public void TheReadmeShowsExactlyThisExample() => Assert.That(FromReadme(), Is.EqualTo(FromThisFile()));

    [Test]
    public void TheReadmeFitsTwoScreens() => Assert.That(File.ReadAllLines(Readme()), Has.Length.LessThanOrEqualTo(100));

    private static string Readme([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "README.md");

    private static string[] FromReadme() => Between(Readme(), "```csharp", "```");

    private static string[] FromThisFile([CallerFilePath] string here = "") => Between(here, "// README begins", "// README ends");

    private static string[] Between(string file, string first, string last) =>
    [
        .. File.ReadAllLines(file).Select(line => line.Trim())
            .SkipWhile(line => line != first).Skip(1).TakeWhile(line => line != last),
    ];
}
