using Spectre.Console;

namespace Fmm.Samples;

/// <summary>A progress bar on a screen; nothing at all in a pipe.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs the work, drawing what it reports.</summary>
    public static TResult Show<TResult>(IAnsiConsole? screen, Func<IProgress<RunProgress>?, TResult> work)
    {
        if (screen is null)
        {
            return work(null);
        }

        return screen.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => work(new Bar(context.AddTask("starting", maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            task.Value = Math.Max(task.Value, value.Fraction);
            task.Description = Markup.Escape(value.Name);
        }
    }
}
