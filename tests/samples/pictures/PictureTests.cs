using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Pictures of runs and of fields.</summary>
internal sealed class PictureTests : CommandFixture
{
    private static readonly string[] _run = ["run", "galaxies", "--n", "1500", "--steps", "4", "--order", "3", "--leaf", "60"];

    [Test]
    public void APngHoldsThePixelsThatWereSet()
    {
        Bitmap picture = new(7, 5);
        picture.Fill(0, 0, 7, 5, Rgb.Of(0x102030));
        picture.Set(6, 4, Rgb.Of(0xff8001));
        picture.Set(7, 5, Rgb.Of(0xffffff));
        using MemoryStream file = new();
        PngFile.Write(picture, file);
        PngPicture read = new(file.ToArray());
        Assert.That((read.Size, read.At(0, 0), read.At(6, 4)), Is.EqualTo(((7, 5), (0x10, 0x20, 0x30), (0xff, 0x80, 0x01))));
    }

    [Test]
    public void FramesAreNumberedWithoutGapsAreNotBlankAndMove()
    {
        FmmOutcome outcome = FmmOutcome.Of([.. _run, "--frames", In("film"), "--frames-every", "2"]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        string[] files = [.. Directory.GetFiles(In("film")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.That(files, Is.EqualTo((string[])["frame-000000.png", "frame-000001.png", "frame-000002.png"]));
        Assert.That(outcome.Error, Does.Contain($"3 pictures in {In("film")}").And.Contain($"ffmpeg -framerate 30 -i {In("film")}{Path.DirectorySeparatorChar}frame-%06d.png"));
        byte[][] pictures = [.. files.Select(file => File.ReadAllBytes(Path.Combine(In("film"), file)))];
        Assert.That(pictures.Select(one => new PngPicture(one).Share()), Is.All.GreaterThan(0.03));
        Assert.That(pictures[0], Is.Not.EqualTo(pictures[2]));
    }

    [Test]
    public void FramesAreTheSameBytesForEveryNumberOfThreads()
    {
        foreach (string threads in (string[])["1", "3"]) Assert.That(FmmOutcome.Of([.. _run, "--frames", In(threads), "--frames-every", "4", "--threads", threads]).Code, Is.Zero);
        foreach (string file in Directory.GetFiles(In("1"))) Assert.That(File.ReadAllBytes(file), Is.EqualTo(File.ReadAllBytes(file.Replace(In("1"), In("3"), StringComparison.Ordinal))));
    }

    [Test]
    public void ThePotentialOfTwoChargesOfBothSignsIsDrawnInBothColours()
    {
        Write("points.csv", "x,y,z,q\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i < 20 ? -1 : 1) + (0.01 * i)},{0.2 * (i % 5)},{0.2 * (i / 5 % 4)},{(i < 20 ? -1 : 1)}\n")));
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", In("points.csv"), "--output", In("field.csv"), "--plot", In("field.png"));
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        PngPicture picture = new(File.ReadAllBytes(In("field.png")));
        int red = 0, blue = 0;
        for (int y = 0; y < picture.Size.Height - 80; y++)
        {
            for (int x = 0; x < picture.Size.Width; x++)
            {
                (int r, _, int b) = picture.At(x, y);
                red += r > b + 80 ? 1 : 0;
                blue += b > r + 80 ? 1 : 0;
            }
        }

        Assert.That(Math.Min(red, blue), Is.GreaterThan(100));
    }

    [Test]
    public void APlotIsSvgWhereItsNameSaysSo()
    {
        Assert.That(FmmOutcome.Of("run", "cube", "--n", "400", "--verify", "0", "--plot", In("cube.svg")).Code, Is.Zero);
        System.Xml.Linq.XDocument svg = System.Xml.Linq.XDocument.Load(In("cube.svg"));
        string[] words = [.. svg.Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value)];
        Assert.That(words, Is.SupersetOf((string[])["400 points", "potential"]));
        Assert.That(svg.Descendants().Single(one => one.Name.LocalName == "image").Attribute("href")!.Value, Does.StartWith("data:image/png;base64,"));
    }

    [TestCase("--plot", "field.jpg", ".png or .svg")]
    [TestCase("--plot", "nowhere/field.png", "there is no folder")]
    public void APlotThatCantBeWrittenIsRefusedBeforeTheWork(string option, string name, string told)
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "cube", "--n", "400", option, In(name));
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Contain(told));
    }
}
