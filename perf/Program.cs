using BenchmarkDotNet.Running;

namespace Fmm.Perf;

/// <summary>The measurements: accuracy, memory, start and operators as tables, speed by BenchmarkDotNet.</summary>
internal static class Program
{
    private const string Usage = """
        usage: dotnet run -c Release --project perf -- COMMAND
          accuracy [--n N] [--quick] [--leaf N]    errors against direct sums beside their targets
          memory [--n N] [--leaf N]                peak memory of one evaluation in single precision at order 6
          start [PROGRAM]                          what a process of fmm costs beside its work, 100,000 points
          operators [--quick]                      seconds to compute the operators of each order
          bench --filter '*P2P*'                   BenchmarkDotNet; --list flat names the benchmarks
        """;

    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["accuracy", .. var rest] when Settings.TryParse(rest, out Settings? settings):
                return new AccuracyTable(Console.Out, settings).Run() ? 0 : 1;
            case ["memory", .. var rest] when Settings.TryParse(rest, out Settings? settings):
                return MemoryCheck.Run(Console.Out, settings) ? 0 : 1;
            case ["start"]:
                return StartCheck.Run(Console.Out, null) ? 0 : 1;
            case ["start", string program]:
                return StartCheck.Run(Console.Out, program) ? 0 : 1;
            case ["operators", .. var rest] when Settings.TryParse(rest, out Settings? settings) && settings.Points is null && settings.Leaf is null:
                return OperatorTable.Run(Console.Out, settings) ? 0 : 1;
            case ["bench", .. var rest]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, new BenchConfig(ownJob: !rest.Contains("--job")));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
