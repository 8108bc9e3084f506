using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Who may watch a run, and that no viewer stands in its way.</summary>
internal sealed class ViewServerTests
{
    private static readonly string[] _small = ["galaxies", "--n", "500", "--steps", "1000000", "--order", "3", "--threads", "1"];

    private static readonly string[] _numbers = ["potential", "speed", "mass", "velocity x", "gradient, length", "position z"];

    [TestCase("/", null, null, true, HttpStatusCode.OK)]
    [TestCase("/main.js", null, null, true, HttpStatusCode.OK)]
    [TestCase("/", null, "http://127.0.0.1:{0}", true, HttpStatusCode.OK)]
    [TestCase("/", "localhost:{0}", "http://localhost:{0}", true, HttpStatusCode.OK)]
    [TestCase("/", null, null, false, HttpStatusCode.Forbidden, TestName = "WithoutTheTokenNothingIsServed")]
    [TestCase("/main.js", null, null, false, HttpStatusCode.Forbidden)]
    [TestCase("/socket", null, null, false, HttpStatusCode.Forbidden)]
    [TestCase("/", "example.org", null, true, HttpStatusCode.Forbidden, TestName = "AnotherHostIsRefused")]
    [TestCase("/", "127.0.0.1:1", null, true, HttpStatusCode.Forbidden)]
    [TestCase("/", null, "http://example.org", true, HttpStatusCode.Forbidden, TestName = "AnotherOriginIsRefused")]
    [TestCase("/socket", null, "http://localhost:{0}", true, HttpStatusCode.Forbidden, TestName = "AnOriginUnderAnotherNameOfThisMachineIsRefused")]
    [TestCase("/", null, "null", true, HttpStatusCode.Forbidden)]
    [TestCase("/../main.cs", null, null, true, HttpStatusCode.NotFound)]
    public async Task OnlyTheRunsOwnPageMayAsk(string path, string? host, string? origin, bool hasToken, HttpStatusCode expected)
    {
        using WatchedRun run = new(_small);
        using HttpClient client = new();
        string token = run.Address[(run.Address.IndexOf('=', StringComparison.Ordinal) + 1)..];
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{run.Port}{path}?token={(hasToken ? token : new string('0', 32))}");
        if (host is not null) request.Headers.Host = string.Format(null, host, run.Port);
        if (origin is not null) request.Headers.Add("Origin", string.Format(null, origin, run.Port));
        using HttpResponseMessage answer = await client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
    }

    [Test]
    public async Task AViewerIsToldTheSceneItsSystemsAndTheirTimes()
    {
        using WatchedRun run = new(_small);
        using RawViewer viewer = await RawViewer.Connect(run.Address);
        while (!viewer.Texts.Exists(text => text.Contains("statistics", StringComparison.Ordinal)) || viewer.Texts.Count < 4)
        {
            await viewer.Frame();
            await viewer.Drawn();
        }

        using JsonDocument scene = JsonDocument.Parse(viewer.Texts.First(text => text.Contains("\"scene\"", StringComparison.Ordinal)));
        string[] numbers = [.. scene.RootElement.GetProperty("numbers").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
        Assert.That(numbers, Is.SupersetOf(_numbers));
        JsonElement[] systems = [.. scene.RootElement.GetProperty("systems").EnumerateArray()];
        JsonElement Named(string name) => systems.Single(one => one.GetProperty("name").GetString() == name);
        Assert.That(Named("M2L").GetProperty("levels").GetUInt32() & 1, Is.EqualTo(1), "M2L touches nodes");
        Assert.That((Named("LeapfrogKick").GetProperty("levels").GetUInt32(), Named("LeapfrogKick").GetProperty("points").GetBoolean()), Is.EqualTo((0u, true)), "a kick touches bodies alone");
        using JsonDocument last = JsonDocument.Parse(viewer.Texts.Last(text => text.Contains("statistics", StringComparison.Ordinal)));
        Assert.That(last.RootElement.GetProperty("systems").EnumerateArray().Sum(one => one.GetDouble()), Is.GreaterThan(0));
        Assert.That(last.RootElement.GetProperty("systems").GetArrayLength(), Is.EqualTo(systems.Length));
    }

    [Test]
    public async Task AViewerThatHangsGetsTwoFramesAndTheOtherGoesOn()
    {
        using WatchedRun run = new(_small);
        using RawViewer hanging = await RawViewer.Connect(run.Address), other = await RawViewer.Connect(run.Address);
        double step = 0;
        for (int i = 0; i < 40; i++)
        {
            step = Step(await other.Frame());
            await other.Drawn();
        }

        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(400));
        double last = 0;
        int frames = 0;
        Assert.That(async () =>
        {
            while (true) (last, frames) = (Step(await hanging.Frame(patience.Token)), frames + 1);
        }, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(frames, Is.EqualTo(2), "frames on their way to a viewer that has drawn none");
        Assert.That(last, Is.LessThan(step), "and they are old ones");
    }

    [Test]
    public async Task TheRunEndsBesideAViewerThatHangsOnceItLeaves()
    {
        using WatchedRun run = new("galaxies", "--n", "200", "--steps", "20", "--order", "3", "--threads", "1");
        using (RawViewer hanging = await RawViewer.Connect(run.Address))
        {
            Assert.That(() => run.Output.Text, Does.Contain("   20").After(20_000, 20), "all steps were taken");
        }

        Stopwatch left = Stopwatch.StartNew();
        Assert.That(run.ExitCode(), Is.Zero);
        Assert.That(left.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [TestCase("""{"do":"format the disk"}""")]
    [TestCase("""{"do":"limit"}""")]
    [TestCase("""{"do":"show","colour":-3,"levels":-1}""")]
    [TestCase("no json")]
    public async Task AViewerThatSaysWhatNoPageSaysIsLetGoAndTheRunGoesOn(string message)
    {
        using WatchedRun run = new(_small);
        using RawViewer viewer = await RawViewer.Connect(run.Address), other = await RawViewer.Connect(run.Address);
        await viewer.Frame();
        await viewer.Send(message);
        Assert.That(async () =>
        {
            while (true) await viewer.Frame();
        }, Throws.InstanceOf<Exception>());
        await other.Frame();
        await other.Drawn();
        await other.Frame();
    }

    private static double Step(Memory<byte> frame) => BinaryPrimitives.ReadDoubleLittleEndian(frame.Span[16..]);
}
