using BenchmarkDotNet.Running;
using Fmm.Systems;

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
          kernels errors|waves|deep [--n N] [--quick]
                                                   errors of every kernel by order; the orders that waves need; seconds for the operators of deep trees
          errors [--n N] [--leaf N] [--quick]      errors by order and cloud: what the choice of an order from a tolerance rests on
          costs loops | near PRECISION ORDER potential|gradient | far PRECISION FIRST LAST | series PRECISION ORDER | counts
                                                   the reference costs of the choice of leaf and strategy, measured anew
          choice [CASE] [--n N] [--quick]          the chosen leaf's time beside the best of a sweep, by the bench's cases
          files [--n N]                            reading points and writing potentials beside h5py, 1e7 points
          ranks [--n N] [--quick]                  what a field costs over 1 to 64 ranks, by counts: N points a rank at the most
          ranks speed [--n N] [--quick]            two ranks on two cores beside one rank with one thread: seconds and memory
          ranks model                              from these counts to 1e9 and 1e12 points on a stated network: a calculation
          library [512|256|128]                    the library for C beside the C# solver, by width of registers (systems/library/build first)
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
            case ["files", .. var rest] when Settings.TryParse(rest, out Settings? settings) && settings.Leaf is null:
                return FilesTable.Run(Console.Out, settings) ? 0 : 1;
            case ["ranks", "speed", .. var rest] when Settings.TryParse(rest, out Settings? settings) && settings.Leaf is null:
                return RankSpeed.Run(Console.Out, settings) ? 0 : 1;
            case ["ranks", "model"]:
                RankModel.Run(Console.Out);
                return 0;
            case ["ranks", .. var rest] when Settings.TryParse(rest, out Settings? settings) && settings.Leaf is null:
                return RankTable.Run(Console.Out, settings) ? 0 : 1;
            case ["library"]:
                return LibraryTable.Run(Console.Out, 512, 256, 128) ? 0 : 1;
            case ["library", "512" or "256" or "128"]:
                return LibraryTable.Run(Console.Out, int.Parse(arguments[1])) ? 0 : 1;
            case ["library", var number] when int.TryParse(number, out int place) && place >= 0 && place < LibraryCase.All.Length:
                LibraryTable.RunSolver(Console.Out, place);
                return 0;
            case ["operators", .. var rest] when Settings.TryParse(rest, out Settings? settings) && settings.Points is null && settings.Leaf is null:
                return OperatorTable.Run(Console.Out, settings) ? 0 : 1;
            case ["kernels", "errors" or "waves" or "deep", .. var rest] when Settings.TryParse(rest, out Settings? settings):
                return new KernelTable(Console.Out, settings).Run(arguments[1]) ? 0 : 1;
            case ["errors", .. var rest] when Settings.TryParse(rest, out Settings? settings):
                new ErrorTable(Console.Out, settings).Run();
                return 0;
            case ["costs", "loops"]:
                LoopTable.Run(Console.Out);
                return 0;
            case ["costs", "near", "single" or "double", var order, "potential" or "gradient", .. var rest]
                when int.TryParse(order, out int p) && Settings.TryParse(rest, out Settings? settings):
                new CostFit(Console.Out, settings).Near(arguments[2] == "single" ? Precision.Single : Precision.Double, p, arguments[4] == "gradient");
                return 0;
            case ["costs", "far", "single" or "double", var smallest, var largest, .. var rest]
                when int.TryParse(smallest, out int from) && int.TryParse(largest, out int to) && Settings.TryParse(rest, out Settings? settings):
                new CostFit(Console.Out, settings).Far(arguments[2] == "single" ? Precision.Single : Precision.Double, from, to);
                return 0;
            case ["costs", "series", "single" or "double", var order, .. var rest] when int.TryParse(order, out int p) && Settings.TryParse(rest, out Settings? settings):
                new CostFit(Console.Out, settings).Series(arguments[2] == "single" ? Precision.Single : Precision.Double, p);
                return 0;
            case ["costs", "counts", .. var rest] when Settings.TryParse(rest, out Settings? settings):
                new CountTable(Console.Out, settings).Run();
                return 0;
            case ["choice", var number, .. var rest] when int.TryParse(number, out int one) && Settings.TryParse(rest, out Settings? settings):
                return new ChoiceTable(Console.Out, settings).Run(one) ? 0 : 1;
            case ["choice", .. var rest] when Settings.TryParse(rest, out Settings? settings):
                return new ChoiceTable(Console.Out, settings).Run(null) ? 0 : 1;
            case ["bench", .. var rest]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, new BenchConfig(ownJob: !rest.Contains("--job")));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
