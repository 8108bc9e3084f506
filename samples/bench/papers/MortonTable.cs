using System.Diagnostics;
using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Operations on Morton keys on one thread, over a batch that the second-level cache holds: nanoseconds a key.</summary>
internal sealed class MortonTable(TextWriter output)
{
    private const int Batch = 16384;
    private const int Level = 12;

    // The compiler optimises what runs often, but only after a tenth of a second or two.
    private const double Seconds = 0.5;

    public void Run()
    {
        Position[] points = BenchCases.Points("cube", Batch, 1);
        RootCube domain = new(new Position(0.5, 0.5, 0.5), 0.5);
        ulong[] deepest = new ulong[Batch], keys = new ulong[Batch], parents = new ulong[Batch], neighbours = new ulong[Morton.Directions];
        uint[] cells = new uint[3 * Batch];
        NodeGeometry.Keys(domain, points, deepest);
        for (int i = 0; i < Batch; i++) keys[i] = Morton.Ancestor(deepest[i], Morton.MaxLevel - Level);
        output.WriteLine();
        output.WriteLine("Morton keys, ns a key over a batch on one thread; published: one call each, compiled by Numba");
        output.WriteLine("  operation         ns   target  PyExaFMM");
        Row("neighbours", 10, 1040, () =>
        {
            foreach (ulong key in keys) Morton.Neighbours(key, Level, neighbours);
        });
        Row("parent", 1, 171, () => Morton.Parents(keys, parents));
        Row("encode a point", 3, 685, () => NodeGeometry.Keys(domain, points, deepest));
        Row("decode", 3, 381, () => Morton.Decode(keys, cells));
        output.Flush();
    }

    private void Row(string operation, double target, double published, Action batch)
    {
        // The fastest batch: what other programs take is not the operation's.
        double fastest = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds)
        {
            long start = Stopwatch.GetTimestamp();
            batch();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch);
        }

        output.WriteLine($"  {operation,-15}{fastest,6:0.00}{target,9}{published,10}  {(fastest <= target ? "met" : "MISSED")}");
    }
}
