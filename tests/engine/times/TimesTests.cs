using System.Text.Json;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Who spent what.</summary>
internal sealed class TimesTests
{
    [Test]
    public void CountersSumOverWorkersAndStartAnew([Values(1, 2, 3)] int threads)
    {
        Schedule<int> schedule = Run(threads);
        SystemTime time = schedule.Times["Work"];
        Assert.That(time.Units, Is.EqualTo(100));
        Assert.That(time.Pairs, Is.EqualTo(1 + 4950));
        Assert.That(time.Flops, Is.EqualTo(200));
        Assert.That(time.Bytes, Is.EqualTo(800));
        Assert.That(schedule.Times.Workers, Is.EqualTo(threads));
    }

    [Test]
    public void BusyTimeIsSpentWithinTheWallTimeOfAllWorkers([Values(1, 2, 3)] int threads)
    {
        SystemTimes times = Run(threads).Times;
        SystemTime time = times["Work"];
        Assert.That(time.Seconds, Is.GreaterThan(0).And.LessThanOrEqualTo(times.Seconds));
        Assert.That(time.BusySeconds, Is.GreaterThan(0).And.LessThanOrEqualTo(times.Seconds * threads));
        Assert.That(times["Idle"].Units, Is.Zero);
        Assert.That(() => times["None"], Throws.ArgumentException);
    }

    [Test]
    public void TableHasALineASystem()
    {
        string[] lines = Run(2).Times.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[0], Does.StartWith("system"));
        Assert.That(lines[1], Does.StartWith("Work").And.Contain("4951"));
        Assert.That(lines[3], Does.StartWith("Test").And.EndWith("on 2 threads"));
    }

    [Test]
    public void TraceIsJsonWithARowAWorker()
    {
        using var writer = new StringWriter();
        ChromeTrace.Write(Run(2).Times, writer);
        using JsonDocument document = JsonDocument.Parse(writer.ToString());
        JsonElement[] events = [.. document.RootElement.GetProperty("traceEvents").EnumerateArray()];
        Assert.That(events.Count(one => one.GetProperty("name").GetString() == "thread_name"), Is.EqualTo(2));
        JsonElement[] spans = [.. events.Where(one => one.GetProperty("ph").GetString() == "X")];
        Assert.That(spans.Select(span => span.GetProperty("name").GetString()), Does.Contain("Work").And.Contain("Idle"));
        Assert.That(spans.Select(span => span.GetProperty("dur").GetDouble()), Is.All.GreaterThanOrEqualTo(0));
    }

    private static Schedule<int> Run(int threads)
    {
        using World world = World.Create();
        using var dispatcher = new ThreadDispatcher(threads);
        var schedule = new Schedule<int>("Test");
        SystemHandle<int> work = schedule.Add(new TestSystem(world, "Work", new Access(), step =>
        {
            step.Counters.Add(1);
            step.Jobs.For(100, new TestJob((unit, _) =>
            {
                step.Counters.Add(unit, 2, 8);
                Thread.SpinWait(200);
            }));
        }));
        schedule.Add(new TestSystem(world, "Idle", new Access())).After(work);
        schedule.Update(0, dispatcher);
        schedule.Update(0, dispatcher);
        return schedule;
    }
}
