using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

// What the four programs beside share: points to begin with, the direct sum to compare with, and a count of what a warm step allocates.
static class Cloud
{
    static readonly QueryDescription _points = new QueryDescription().WithAll<Position, Charge>();
    static readonly Random _random = new(5);

    public static FmmEntities Points => FmmEntities.Of(in _points);

    public static (Position[] Points, double[] Charges) Draw(int count) => (
        [.. Enumerable.Range(0, count).Select(_ => new Position(_random.NextDouble(), _random.NextDouble(), 2 * _random.NextDouble()))],
        [.. Enumerable.Range(0, count).Select(_ => _random.NextDouble() - 0.3)]);

    public static double Fill(World world, int count)
    {
        (Position[] points, double[] charges) = Draw(count);
        for (int i = 0; i < count; i++) world.Create(points[i], new Charge(charges[i]), new Potential(), new Gradient());
        return charges.Sum();
    }

    public static World Of(int count)
    {
        World world = World.Create();
        Fill(world, count);
        return world;
    }

    public static Entity Any(World world)
    {
        int row = _random.Next(world.Query(in _points).Count());
        foreach (ref Chunk chunk in world.Query(in _points))
        {
            if (row < chunk.Count) return chunk.Entity(row);
            row -= chunk.Count;
        }
        throw new InvalidOperationException("There are no points.");
    }

    // The first calls build and compile what there is to.
    public static void Warm(Action step)
    {
        for (int i = 0; i < 40; i++) step();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        step();
        Console.WriteLine($"allocated {GC.GetTotalAllocatedBytes(precise: true) - before}");
    }

    public static string Told(World world)
    {
        List<Position> points = [];
        List<double> charges = [], potentials = [];
        foreach (ref Chunk chunk in world.Query(in _points))
            for (int row = 0; row < chunk.Count; row++)
            {
                points.Add(chunk.Read<Position>()[row]);
                charges.Add(chunk.Read<Charge>()[row].Value);
                potentials.Add(chunk.Read<Potential>()[row].Value);
            }
        double[] exact = new double[points.Count];
        DirectSums.Add(new Laplace(), [.. points], [.. points], [.. charges], exact);
        return $"error {Error([.. potentials], exact):e1}";
    }

    public static double Error(double[] found, double[] exact)
    {
        double error = 0, size = 0;
        for (int i = 0; i < exact.Length; i++) (error, size) = (error + Math.Pow(found[i] - exact[i], 2), size + Math.Pow(exact[i], 2));
        return Math.Sqrt(error / size);
    }
}
