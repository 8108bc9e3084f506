namespace Fmm.Systems;

/// <summary>Gauss and Legendre's rule: the nodes that integrate polynomials of twice their number's degree over -1 to 1.</summary>
internal static class GaussLegendre
{
    /// <summary>Nodes in ascending order, with their weights: roots of the Legendre polynomial by Newton's method.</summary>
    /// <param name="count">How many.</param>
    public static (double Node, double Weight)[] Nodes(int count)
    {
        (double, double)[] nodes = new (double, double)[count];
        for (int i = 0; i < count; i++)
        {
            double x = -Math.Cos(Math.PI * (i + 0.75) / (count + 0.5)), slope = 0;
            for (int step = 0; step < 100; step++)
            {
                double before = 0, value = 1;
                for (int n = 0; n < count; n++) (before, value) = (value, ((((2 * n) + 1) * x * value) - (n * before)) / (n + 1));
                slope = count * ((x * value) - before) / ((x * x) - 1);
                double move = value / slope;
                x -= move;
                if (Math.Abs(move) < 1e-15) break;
            }
            nodes[i] = (x, 2 / ((1 - (x * x)) * slope * slope));
        }
        return nodes;
    }
}
