namespace Fmm.Samples;

/// <summary>
/// GMRES without restarts (Saad and Schultz 1986): of all vectors that products with the matrix have led to, the combination that leaves the least residual. It takes
/// any matrix, by products alone, and keeps a vector each.
/// </summary>
internal static class Gmres
{
    /// <summary>A product y = A x.</summary>
    public delegate void Product(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>Solves A x = b, from x = 0.</summary>
    /// <param name="multiply">The product.</param>
    /// <param name="right">b.</param>
    /// <param name="tolerance">Residual over that of x = 0 at which it ends.</param>
    /// <param name="most">Most products.</param>
    /// <param name="solution">Receives x.</param>
    /// <returns>Products, and the relative residual that is left.</returns>
    public static (int Products, double Residual) Solve(Product multiply, double[] right, double tolerance, int most, double[] solution)
    {
        double size = Norm(right), residual = size;
        Array.Clear(solution);
        if (size == 0) return (0, 0);
        List<double[]> basis = [[.. right.Select(value => value / size)]], columns = [];
        List<(double Cosine, double Sine)> turns = [];
        List<double> rotated = [size];
        while (columns.Count < most && residual > tolerance * size)
        {
            double[] next = new double[right.Length], column = new double[columns.Count + 2];
            multiply(basis[^1], next);
            // Modified Gram-Schmidt.
            for (int i = 0; i < basis.Count; i++)
            {
                double along = column[i] = Dot(next, basis[i]);
                for (int k = 0; k < next.Length; k++) next[k] -= along * basis[i][k];
            }

            double left = column[^1] = Norm(next);
            // The triangle's new column, by the turns of those before and one of its own that takes away what is below the diagonal.
            for (int i = 0; i < turns.Count; i++)
                (column[i], column[i + 1]) = ((turns[i].Cosine * column[i]) + (turns[i].Sine * column[i + 1]), (turns[i].Cosine * column[i + 1]) - (turns[i].Sine * column[i]));
            int last = columns.Count;
            double radius = Math.Sqrt((column[last] * column[last]) + (left * left));
            if (radius == 0) break; // A is singular on what it was led to.
            turns.Add((column[last] / radius, left / radius));
            column[last] = radius;
            rotated.Add(-turns[last].Sine * rotated[last]);
            rotated[last] *= turns[last].Cosine;
            residual = Math.Abs(rotated[^1]);
            columns.Add(column);
            if (left <= 1e-300) break; // Nothing new: the solution is among those there are.
            basis.Add([.. next.Select(value => value / left)]);
        }

        double[] weights = new double[columns.Count];
        for (int i = columns.Count - 1; i >= 0; i--)
        {
            double sum = rotated[i];
            for (int j = i + 1; j < columns.Count; j++) sum -= columns[j][i] * weights[j];
            weights[i] = sum / columns[i][i];
            for (int k = 0; k < solution.Length; k++) solution[k] += weights[i] * basis[i][k];
        }

        return (columns.Count, residual / size);
    }

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
