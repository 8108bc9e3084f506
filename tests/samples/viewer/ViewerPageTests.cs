using System.Diagnostics;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The page of a run that is watched, in a real browser.</summary>
internal sealed class ViewerPageTests
{
    private static readonly string[] _galaxies = ["galaxies", "--n", "2000", "--steps", "1000000", "--order", "3", "--precision", "single", "--threads", "1", "--leaf", "100"];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly List<string> _faults = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    [OneTimeSetUp]
    public async Task OpenBrowser()
    {
        if (Browser.Path is null) Assert.Ignore(Browser.Missing);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser.Path, Args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
    }

    [OneTimeTearDown]
    public async Task CloseBrowser()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    [SetUp]
    public void ForgetFaults() => _faults.Clear();

    [TearDown]
    public void TheConsoleIsSilent() => Assert.That(_faults, Is.Empty);

    [Test]
    public async Task TenThousandPointsAreDrawnAndMove()
    {
        using WatchedRun run = new([.. _galaxies.Select(word => word == "2000" ? "10000" : word)]);
        await using IBrowserContext context = await Context();
        IPage page = await Open(context, run);
        (double share, string first) = await Look(page);
        Assert.That(share, Is.GreaterThan(0.02), "pixels of the middle that are not background");
        await Frames(page, 4);
        Assert.That((await Look(page)).Image, Is.Not.EqualTo(first), "the picture after four more frames");
        Assert.That(await Number(page, "points"), Is.EqualTo(10_000));
        Assert.That(await page.Locator("#facts").TextContentAsync(), Does.Match("10,000 points · step [0-9]+ of 1000000"));
        Assert.That(await page.Locator("#systems li").CountAsync(), Is.GreaterThan(20));
        Assert.That(await page.Locator("#invariants h2").First.TextContentAsync(), Does.StartWith("Energy drift"));
    }

    [Test]
    public async Task PauseStopsTheStepsAndStepTakesOne()
    {
        using WatchedRun run = new(_galaxies);
        await using IBrowserContext context = await Context();
        IPage page = await Open(context, run);
        await page.ClickAsync("#pause");
        await Until(page, "document.querySelector('#link').dataset.link === 'paused'");
        long step = await Rest(page);
        await Task.Delay(250);
        Assert.That(await Number(page, "step"), Is.EqualTo(step), "while it is paused");
        await page.Keyboard.PressAsync("s");
        await Until(page, $"Number(document.documentElement.dataset.step) === {step + 1}");
        await Task.Delay(150);
        Assert.That(await Number(page, "step"), Is.EqualTo(step + 1), "one step");
        await page.Keyboard.PressAsync("o");
        await Until(page, "Number(document.documentElement.dataset.boxes) === 1");
        await page.Keyboard.PressAsync("r");
        await Until(page, "document.documentElement.dataset.run === '1' && document.documentElement.dataset.step === '0'");
        await page.ClickAsync("#pause");
        await Until(page, "Number(document.documentElement.dataset.step) > 2");
    }

    [Test]
    public async Task ControlsAnswerToKeysAndPointer()
    {
        using WatchedRun run = new(_galaxies);
        await using IBrowserContext context = await Context();
        IPage page = await Open(context, run);
        await page.Keyboard.PressAsync("c");
        Assert.That(await page.Locator("#number option:checked").TextContentAsync(), Is.EqualTo("speed"));
        await page.HoverAsync("#systems button:has-text('M2L')");
        await Until(page, "Number(document.documentElement.dataset.boxes) > 8");
        await page.Keyboard.PressAsync("[");
        await Until(page, "document.querySelector('#limitText').textContent === '240 / s'");
        await page.Keyboard.PressAsync("?");
        Assert.That(await page.Locator("#help").IsVisibleAsync(), Is.True);
        await page.Keyboard.PressAsync("Escape");
        Assert.That(await page.Locator("#help").IsVisibleAsync(), Is.False);
        string before = await Background(page);
        await page.Keyboard.PressAsync("t");
        Assert.That(await Background(page), Is.Not.EqualTo(before), "the other theme");
        await page.Keyboard.PressAsync(" ");
        await Until(page, "document.querySelector('#link').dataset.link === 'paused'");
        IDownload still = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#still"));
        byte[] picture = await File.ReadAllBytesAsync(await still.PathAsync());
        Assert.That((still.SuggestedFilename, picture[1..4]), Is.EqualTo(($"galaxies-{still.SuggestedFilename[9..15]}.png", "PNG"u8.ToArray())));
        Assert.That(picture, Has.Length.GreaterThan(5000));
    }

    // Where frames are rare, the closed help's button has the focus for longer than a hand needs to the next key.
    [Test]
    public async Task AKeyThatStillReachesTheClosedHelpIsThePages()
    {
        using WatchedRun run = new(_galaxies);
        await using IBrowserContext context = await Context();
        IPage page = await Open(context, run);
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("document.querySelector('#help button').dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))");
        await Until(page, "document.querySelector('#link').dataset.link === 'paused'");
    }

    [Test]
    public async Task TwoPagesWatchOneRunAndOneComesBackAfterItsSocketIsCut()
    {
        using WatchedRun run = new(_galaxies);
        await using IBrowserContext context = await Context();
        IPage first = await Open(context, run), second = await Open(context, run);
        await Frames(second, 2);
        await first.ClickAsync("#pause");
        await Until(second, "document.querySelector('#link').dataset.link === 'paused'");
        await second.EvaluateAsync("fmm.cut()");
        await Until(second, "document.querySelector('#link').dataset.link === 'waiting'");
        await Until(second, "document.querySelector('#link').dataset.link === 'paused'");
        await first.ClickAsync("#pause");
        await Frames(second, 2);
    }

    [Test]
    public async Task NothingIsCutOffInANarrowWindow()
    {
        using WatchedRun run = new(_galaxies);
        await using IBrowserContext context = await Context(390, 780);
        IPage page = await Open(context, run);
        Assert.That(await page.Locator("#panel").IsVisibleAsync(), Is.False, "the panel waits to be opened");
        await page.ClickAsync("#toggle");
        LocatorBoundingBoxResult[] boxes = [.. (await Task.WhenAll((await page.Locator("#bar button, #panel, #head, #bar").AllAsync()).Select(one => one.BoundingBoxAsync()))).OfType<LocatorBoundingBoxResult>()];
        Assert.That(boxes, Has.Length.EqualTo(10));
        Assert.That(boxes.Select(box => box.X), Is.All.AtLeast(0));
        Assert.That(boxes.Select(box => box.X + box.Width), Is.All.AtMost(390));
        Assert.That(boxes.Select(box => box.Y + box.Height), Is.All.AtMost(780));
    }

    private Task<IBrowserContext> Context(int width = 1000, int height = 640) =>
        _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = ColorScheme.Dark });

    // A page whose first frames are drawn; what its console says is kept.
    private async Task<IPage> Open(IBrowserContext context, WatchedRun run)
    {
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) => _faults.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, fault) => _faults.Add(fault);
        await page.GotoAsync(run.Address);
        await Frames(page, 2);
        await Until(page, "document.querySelectorAll('#systems li').length > 0");
        return page;
    }

    // The browser's own way to wait for an expression evaluates a text, which the page's policy forbids.
    private static async Task Until(IPage page, string expression)
    {
        for (Stopwatch clock = Stopwatch.StartNew(); !await page.EvaluateAsync<bool>(expression).WaitAsync(_patience); await Task.Delay(20))
            if (clock.Elapsed > _patience) Assert.Fail($"never: {expression}");
    }

    // Waits for so many more frames.
    private static async Task Frames(IPage page, int more)
    {
        long now = await page.EvaluateAsync<long>("Number(document.documentElement.dataset.frames ?? 0)");
        await Until(page, $"Number(document.documentElement.dataset.frames) >= {now + more}");
    }

    // The step at which it stands once those on their way are drawn.
    private static async Task<long> Rest(IPage page)
    {
        long step = -1;
        while (step != await Number(page, "step"))
        {
            step = await Number(page, "step");
            await Task.Delay(150);
        }

        return step;
    }

    private static Task<long> Number(IPage page, string name) => page.EvaluateAsync<long>($"Number(document.documentElement.dataset.{name})").WaitAsync(_patience);

    private static Task<string> Background(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");

    // The middle of the picture: the share of its pixels that are not background, and the picture itself.
    private static async Task<(double Share, string Image)> Look(IPage page)
    {
        string image = Convert.ToBase64String(await page.ScreenshotAsync(new() { Clip = new() { X = 150, Y = 120, Width = 450, Height = 400 } }));
        double share = await page.EvaluateAsync<double>(
            """
            async text => {
              const bytes = Uint8Array.from(atob(text), one => one.charCodeAt(0)), image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
              const canvas = new OffscreenCanvas(image.width, image.height), g = canvas.getContext("2d");
              g.drawImage(image, 0, 0);
              const { data } = g.getImageData(0, 0, image.width, image.height);
              let other = 0;
              for (let i = 0; i < data.length; i += 4) other += data[i] + data[i + 1] + data[i + 2] > 120 ? 1 : 0;
              return 4 * other / data.length;
            }
            """,
            image);
        return (share, image);
    }
}
