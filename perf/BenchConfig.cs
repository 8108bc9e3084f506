using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Fmm.Perf;

/// <summary>
/// How benchmarks are timed: inside this process, so that a few hundred combinations need no few hundred builds; a call takes
/// milliseconds, so few iterations are enough.
/// </summary>
internal sealed class BenchConfig : ManualConfig
{
    /// <summary>The configuration.</summary>
    /// <param name="ownJob">False where the command line names a job itself; a job given there would run beside this one.</param>
    public BenchConfig(bool ownJob)
    {
        Add(DefaultConfig.Instance);
        AddDiagnoser(MemoryDiagnoser.Default);
        if (!ownJob) return;
        InProcessEmitToolchain inside = new(TimeSpan.FromMinutes(10), logOutput: false);
        AddJob(Job.Default.WithToolchain(inside).WithWarmupCount(2).WithIterationCount(9));
    }
}
