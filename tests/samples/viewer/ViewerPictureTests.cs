using Microsoft.Playwright;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The pictures of docs/viewing.md; with FMM_PICTURES=write those of the window are taken anew.</summary>
internal sealed class ViewerPictureTests
{
    private const int Largest = 150_000;
    private static readonly string _folder = Path.Combine(Clone.Root, "docs", "pictures");

    [TestCase("window-dark.png", ColorScheme.Dark, 900, 560)]
    [TestCase("window-light.png", ColorScheme.Light, 900, 560)]
    [TestCase("window-narrow.png", ColorScheme.Dark, 390, 640)]
    [TestCase("galaxies.png", ColorScheme.Null, 0, 0)]
    [TestCase("sphere.png", ColorScheme.Null, 0, 0)]
    public async Task APictureOfThePageIsThereAndSmall(string name, ColorScheme scheme, int width, int height)
    {
        string file = Path.Combine(_folder, name);
        if (width > 0 && Environment.GetEnvironmentVariable("FMM_PICTURES") == "write") await Take(file, scheme, width, height);
        Assert.That(new FileInfo(file).Length, Is.InRange(5000, Largest), $"bytes of {name}");
        Assert.That(File.ReadAllText(Path.Combine(Clone.Root, "docs", "viewing.md")), Does.Contain($"(pictures/{name})"));
    }

    private static async Task Take(string file, ColorScheme scheme, int width, int height)
    {
        using WatchedRun run = new("galaxies", "--n", "1000", "--steps", "100000", "--order", "4", "--leaf", "30");
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser.Path, Args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        await page.GotoAsync(run.Address);
        while (!await page.EvaluateAsync<bool>("Number(document.documentElement.dataset.step) >= 60")) await Task.Delay(50);
        await page.Keyboard.PressAsync(" ");
        await page.Keyboard.PressAsync("f");
        if (scheme == ColorScheme.Light)
            for (int level = 0; level < 4; level++) await page.Keyboard.PressAsync("o");
        await Task.Delay(1000);
        await page.ScreenshotAsync(new() { Path = file });
    }
}
