using System.Diagnostics;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Seconds to compute the operators for a deep tree, of which a kernel with a length of its own has a set a level.</summary>
internal static class DeepTable
{
    private const int Runs = 5;
    private const int Order = 8;
    private const double Limit = 0.5;
    private static readonly string[] _asked = [Yukawa.Name, Helmholtz.Name];

    // Plummer's sphere of 100,000 points reaches 200 core radii, and has 20 levels where each leaf has one point.
    private const double Extent = 200;
    private const int Depth = 20;

    /// <summary>Prints the table; false where a limit is passed.</summary>
    public static bool Run(TextWriter output)
    {
        output.WriteLine($"seconds to compute the operators of order {Order} on levels 2 to {Depth} of a cube of {Extent}, double precision: first, and the least of {Runs - 1} that follow");
        output.WriteLine($"{"kernel",-32}{"first",9}{"again",8}{"limit",8}");
        bool met = true;
        foreach (KernelCase one in KernelCase.All)
        {
            double[] seconds = new double[Runs];
            for (int run = 0; run < Runs; run++)
            {
                long start = Stopwatch.GetTimestamp();
                one.Prepare(new FmmOptions { Order = Order }, Extent, Depth);
                seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            bool asked = _asked.Contains(one.Name.Split(' ')[0]), within = !asked || seconds.Skip(1).Min() <= Limit;
            met &= within;
            output.WriteLine($"{one.Name,-32}{seconds[0],9:0.000}{seconds.Skip(1).Min(),8:0.000}{(asked ? $"{Limit,8:0.0}  {(within ? "met" : "MISSED")}" : "")}");
            output.Flush();
        }
        return met;
    }
}
