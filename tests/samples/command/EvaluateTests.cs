using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm evaluate with good input: values, order, digits, streams.</summary>
[Category("Registers")]
internal sealed class EvaluateTests : CommandFixture
{
    private const double FourPi = 4 * Math.PI;
    private static readonly string[] _threadCounts = ["1", "2", "3", "8"];

    [Test]
    public void TwoChargesGiveThePotentialOfEachOther()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("two.csv", "x,y,z,q\n0,0,0,1\n2,0,0,-3\n"), "--gradient");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.StartWith("potential,gx,gy,gz\n"));
        double[][] rows = Numbers(outcome.Output);
        Assert.That(rows[0], Is.EqualTo(new[] { -1.5 / FourPi, -0.75 / FourPi, 0, 0 }).Within(1e-13));
        Assert.That(rows[1], Is.EqualTo(new[] { 0.5 / FourPi, -0.25 / FourPi, 0, 0 }).Within(1e-13));
    }

    [Test]
    public void ForcesAreChargeTimesMinusTheGradient()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("two.csv", "x,y,z,q\n0,0,0,1\n2,0,0,-3\n"), "--force");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.StartWith("potential,fx,fy,fz\n"));
        // Opposite charges attract: q q' / (4 pi r^2) along the line.
        double[][] rows = Numbers(outcome.Output);
        Assert.That(rows[0], Is.EqualTo(new[] { -1.5 / FourPi, 0.75 / FourPi, 0, 0 }).Within(1e-13));
        Assert.That(rows[1], Is.EqualTo(new[] { 0.5 / FourPi, -0.75 / FourPi, 0, 0 }).Within(1e-13));
    }

    [TestCase("--kernel stokes", "stokes has 3 numbers a source and 3 a target; take --gradient")]
    [TestCase("--targets targets.csv", "the targets are not the sources and so have no charges for a force to act on")]
    public void AForceOnWhatHasNoChargeIsRefused(string options, string words)
    {
        Write("targets.csv", "x,y,z\n1,1,1\n");
        string sources = options.Contains("stokes", StringComparison.Ordinal) ? Write("v.csv", "x,y,z,qx,qy,qz\n0,0,0,1,2,0\n") : WriteCube(10);
        FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", sources, "--force", .. options.Split(' ').Select(word => word == "targets.csv" ? In(word) : word)]);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith("fmm: --force: ").And.Contain(words));
    }

    [TestCase("--kernel yukawa --parameter k=1", "the kernel yukawa has no second derivatives")]
    [TestCase("--precision single", "second derivatives are computed in double precision alone")]
    public void SecondDerivativesThatThereAreNotAreRefused(string options, string words)
    {
        FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", WriteCube(10), "--hessian", .. options.Split(' ')]);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith("fmm: --hessian: ").And.Contain(words));
    }

    [Test]
    public void TheReportTellsTheEnergyAndTheSumOfTheForces()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", WriteCube(500), "--order", "8", "--force", "--json");
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement force = json.RootElement.GetProperty("force");
        Assert.That(json.RootElement.GetProperty("energy").GetDouble(), Is.Not.Zero);
        double largest = force.GetProperty("largest").GetDouble();
        Assert.That(largest, Is.Positive);
        Assert.That(force.GetProperty("sum").EnumerateArray().Select(sum => sum.GetDouble()), Is.All.InRange(-1e-4 * largest, 1e-4 * largest));
        string table = FmmOutcome.Of("run", "cube", "--n", "500", "--force").Output;
        Assert.That(table, Does.Match(@"(?m)^energy   -?\d.*half of the sum of charge times potential$").And.Match(@"(?m)^force    largest \d"));
    }

    [Test]
    public void OnePointFeelsNothing()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("one.csv", "x,y,z,q\n3,4,5,7\n"));
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((0, "potential\n0\n")), outcome.Error);
    }

    [Test]
    public void TargetsApartFromTheSourcesGetARowEachInInputOrder()
    {
        string sources = Write("one.csv", "x,y,z,q\n0,0,0,1\n");
        string targets = Write("line.csv", "x,y,z\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"{(i * 37 % 301) + 1},0,0\n")));
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--targets", targets, "--leaf", "8", "--order", "10");
        double[] expected = [.. Enumerable.Range(1, 300).Select(i => 1 / (FourPi * ((i * 37 % 301) + 1)))];
        double[] found = [.. Numbers(outcome.Output).Select(row => row[0])];
        Assert.That(found, Has.Length.EqualTo(300), outcome.Error);
        Assert.That(found.Zip(expected, (f, e) => Math.Abs(f / e - 1)).Max(), Is.LessThan(1e-6));
    }

    [Test]
    public void WithoutOutputTheTableForPeopleGoesToStandardError()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", WriteCube(200));
        Assert.That(outcome.Output.Split('\n'), Has.Length.EqualTo(202));
        Assert.That(outcome.Error, Does.Contain("where the time went"));
    }

    [Test]
    public void WithOutputTheFileHoldsTheRowsAndStandardOutputTheTable()
    {
        string output = In("field.csv");
        string sources = WriteCube(200);
        FmmOutcome direct = FmmOutcome.Of("evaluate", "--sources", sources);
        FmmOutcome saved = FmmOutcome.Of("evaluate", "--sources", sources, "--output", output);
        Assert.That((saved.Code, saved.Error), Is.EqualTo((0, "")));
        Assert.That(saved.Output, Does.Contain("where the time went"));
        Assert.That(File.ReadAllText(output), Is.EqualTo(direct.Output));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2), "a temporary file was left");
    }

    [Test]
    public void AnEarlierOutputIsReplaced()
    {
        string output = Write("field.csv", "old and much longer than what comes now");
        _ = FmmOutcome.Of("evaluate", "--sources", Write("one.csv", "x,y,z,q\n0,0,0,1\n"), "--output", output);
        Assert.That(File.ReadAllText(output), Is.EqualTo("potential\n0\n"));
    }

    [TestCase("single")]
    [TestCase("double")]
    public void TheSameBitsComeForEveryNumberOfThreads(string precision)
    {
        string sources = WriteCube(3000);
        string[] outputs = [.. _threadCounts.Select(threads => FmmOutcome.Of(
            "evaluate", "--sources", sources, "--gradient", "--leaf", "30", "--order", "4", "--precision", precision, "--threads", threads).Output)];
        Assert.That(outputs.Distinct().Count(), Is.EqualTo(1));
        Assert.That(outputs[0].Split('\n'), Has.Length.EqualTo(3002));
    }

    [Test]
    public void RepeatedRunsGiveTheSameBitsAsOne()
    {
        string sources = WriteCube(500);
        Assert.That(FmmOutcome.Of("evaluate", "--sources", sources, "--repeat", "3").Output, Is.EqualTo(FmmOutcome.Of("evaluate", "--sources", sources).Output));
    }

    [Test]
    public void DoublesAreWrittenWithDigitsEnoughForTheirBits()
    {
        foreach (string field in FmmOutcome.Rows(FmmOutcome.Of("evaluate", "--sources", WriteCube(300)).Output).Select(row => row[0]))
        {
            double value = double.Parse(field, CultureInfo.InvariantCulture);
            Assert.That(value.ToString("R", CultureInfo.InvariantCulture), Is.EqualTo(field));
        }
    }

    [Test]
    public void YukawaFallsOffFasterThanLaplace()
    {
        string sources = Write("two.csv", "x,y,z,q\n0,0,0,1\n1,0,0,1\n");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--kernel", "yukawa", "--parameter", "k=5");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(Numbers(outcome.Output)[0][0], Is.EqualTo(Math.Exp(-5) / FourPi).Within(1e-15));
    }

    [Test]
    public void AVectorKernelReadsAndWritesThreeNumbersAPoint()
    {
        string sources = Write("two.csv", "x,y,z,qx,qy,qz\n0,0,0,1,2,0\n2,0,0,0,0,0\n");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--kernel", "stokes", "--parameter", "mu=0.5", "--gradient");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.StartWith("px,py,pz,pxx,pxy,pxz,pyx,pyy,pyz,pzx,pzy,pzz\n0,0,0,0,0,0,0,0,0,0,0,0\n"));
        // u = (f / r + d (d.f) / r^3) / (8 pi mu) at d = (2, 0, 0).
        double[] expected = [1, 1, 0, -0.5, 0.5, 0, -0.5, 0.25, 0, 0, 0, 0.25];
        Assert.That(Numbers(outcome.Output)[1], Is.EqualTo(expected.Select(value => value / FourPi)).Within(1e-15));
    }

    [Test]
    public void AVectorKernelRefusesAFileOfScalars()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", WriteCube(3), "--kernel", "stokes");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(outcome.Error, Does.Contain("it must be x,y,z,qx,qy,qz"));
    }

    [Test]
    public void AKernelOfSixNumbersATargetRefusesGradients()
    {
        string sources = Write("forces.csv", "x,y,z,qx,qy,qz\n0,0,0,1,2,0\n2,0,0,0,0,0\n");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--kernel", "stokes-stress", "--gradient");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(outcome.Error, Does.StartWith("fmm: --gradient: ").And.Contain("6 numbers a target"));
    }

    [Test]
    public void BothStrategiesOfM2LGiveTheSameField()
    {
        string sources = WriteCube(2000);
        double[][] fft = Numbers(FmmOutcome.Of("evaluate", "--sources", sources, "--leaf", "30", "--m2l", "fft").Output);
        double[][] dense = Numbers(FmmOutcome.Of("evaluate", "--sources", sources, "--leaf", "30", "--m2l", "dense").Output);
        double largest = dense.Max(row => Math.Abs(row[0]));
        Assert.That(fft.Zip(dense, (f, d) => Math.Abs(f[0] - d[0])).Max(), Is.LessThan(1e-11 * largest));
    }

    [Test]
    public void AToleranceIsReached()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", WriteCube(4000), "--tolerance", "1e-5", "--leaf", "40", "--verify", "500", "--json");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.That(json.RootElement.GetProperty("error").GetProperty("potential_l2").GetDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void ACancelledRunLeavesNothing()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        FmmOutcome outcome = FmmOutcome.Of(cancelled.Token, "evaluate", "--sources", WriteCube(5000), "--output", In("out.csv"));
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((130, "", 1)), outcome.Error);
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void ColumnsInAnyOrderGiveTheSameFieldAndSkippedOnesAreTold()
    {
        FmmOutcome plain = FmmOutcome.Of("evaluate", "--sources", Write("plain.csv", "x,y,z,q\n0,0,0,1\n2,0,1,-3\n"));
        FmmOutcome mixed = FmmOutcome.Of("evaluate", "--sources", Write("mixed.csv", "# two charges\nQ,name,Z,Y,X\n1,left,0,0,0\n-3,right,1,0,2\n"));
        Assert.That((mixed.Code, mixed.Output), Is.EqualTo((0, plain.Output)), mixed.Error);
        Assert.That(mixed.ErrorLines[0], Does.StartWith("fmm: note: ").And.Contain("mixed.csv: skipping the column 'name'"));
        Assert.That(plain.Error, Does.Not.Contain("note"));
    }

    [Test]
    public void SourcesServeAsTargetsAndTheirChargesAreSkipped()
    {
        string sources = WriteCube(50);
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--targets", sources);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.ErrorLines[0], Does.Contain("skipping the column 'q'"));
    }

    // A pair so close that its potential exceeds what the precision can say.
    [TestCase("x,y,z,q\n0,0,0,1e300\n1e-99,0,0,1e300\n", "--precision", "double")]
    [TestCase("x,y,z,q\n0,0,0,1e308\n1e-10,0,0,1e308\n5,0,0,1e308\n", "--gradient")]
    public void AnInfiniteFieldIsNeverWritten(string sources, params string[] options)
    {
        FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", Write("close.csv", sources), "--output", In("out.csv"), .. options]);
        Assert.That((outcome.Code, outcome.Output, File.Exists(In("out.csv"))), Is.EqualTo((2, "", false)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("target 1").And.Contain("no finite value"));
    }

    private static double[][] Numbers(string csv) =>
        [.. FmmOutcome.Rows(csv).Select(row => row.Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray())];
}
