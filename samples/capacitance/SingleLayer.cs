using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// The potential that charges on panels make at the panels' middles: far panels as points, by an <see cref="FmmMatrix"/>, near ones by their exact integrals, which stand
/// in a sparse matrix beside it. Unknowns are charges over the panels' own potential of a unit charge, so that the diagonal is 1.
/// </summary>
internal sealed class SingleLayer : IDisposable
{
    // Beyond so many diameters a panel is a point to 4e-3 of its potential, and most of that cancels around it.
    private const double Near = 3;
    private readonly FmmMatrix _far;
    private readonly double[] _charges, _scale;
    private readonly (int Column, double Value)[][] _near;

    /// <param name="panels">The panels.</param>
    /// <param name="options">How the far ones are summed.</param>
    public SingleLayer(Panel[] panels, FmmOptions options)
    {
        _charges = new double[panels.Length];
        _scale = [.. panels.Select(panel => 4 * Math.PI * panel.Area / panel.Potential(panel.Centre))];
        _near = Corrections(panels);
        _far = FmmMatrix.Create(default(Laplace), panels.Select(panel => panel.Centre.At()).ToArray(), options);
    }

    /// <summary>Number of panels.</summary>
    public int Count => _charges.Length;

    /// <summary>Products so far.</summary>
    public int Products { get; private set; }

    /// <summary>The order of the expansions.</summary>
    public int Order => _far.Solver.Method.ExpansionSizes.Order;

    /// <summary>y = A x.</summary>
    public void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        Products++;
        for (int i = 0; i < _charges.Length; i++) _charges[i] = x[i] * _scale[i];
        _far.Multiply(_charges, y);
        for (int i = 0; i < _charges.Length; i++) foreach ((int column, double value) in _near[i]) y[i] += value * _charges[column];
    }

    /// <summary>The sum of the charges that unknowns stand for.</summary>
    public double Charge(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < _scale.Length; i++) sum += x[i] * _scale[i];
        return sum;
    }

    public void Dispose() => _far.Dispose();

    // What the exact integral is more than the point that the far field takes the panel for, row by row.
    private static (int Column, double Value)[][] Corrections(Panel[] panels)
    {
        double edge = Near * panels.Max(panel => panel.Diameter);
        ILookup<(int X, int Y, int Z), int> cells = Enumerable.Range(0, panels.Length).ToLookup(i => Cell(panels[i].Centre));
        (int, double)[][] rows = new (int, double)[panels.Length][];
        Parallel.For(0, panels.Length, i =>
        {
            SpaceVector at = panels[i].Centre;
            (int x, int y, int z) = Cell(at);
            List<(int, double)> row = [];
            for (int cell = 0; cell < 27; cell++)
            {
                foreach (int j in cells[(x + (cell % 3) - 1, y + (cell / 3 % 3) - 1, z + (cell / 9) - 1)])
                {
                    double distance = (panels[j].Centre - at).Length;
                    if (distance < Near * panels[j].Diameter)
                        row.Add((j, ((panels[j].Potential(at) / panels[j].Area) - (j == i ? 0 : 1 / distance)) / (4 * Math.PI)));
                }
            }

            rows[i] = [.. row];
        });
        return rows;

        (int X, int Y, int Z) Cell(SpaceVector at) => ((int)Math.Floor(at.X / edge), (int)Math.Floor(at.Y / edge), (int)Math.Floor(at.Z / edge));
    }
}
