namespace Fmm.Perf;

/// <summary>Costs that are not negative, from times of runs that differ in their counts: least squares of the relative residuals.</summary>
internal static class LeastSquares
{
    /// <summary>The cost of each column; a column that would get a negative one is left out.</summary>
    /// <param name="rows">The counts of a run and what it took.</param>
    /// <returns>The costs and the largest relative residual.</returns>
    public static (double[] Costs, double Residual) Fit(IReadOnlyList<(double[] Counts, double Seconds)> rows)
    {
        int columns = rows[0].Counts.Length;
        List<int> used = [.. Enumerable.Range(0, columns)];
        while (true)
        {
            double[] some = Solve(rows, used);
            int worst = Array.IndexOf(some, some.Min());
            if (some[worst] >= 0 || used.Count == 1)
            {
                double[] costs = new double[columns];
                for (int i = 0; i < used.Count; i++) costs[used[i]] = some[i];
                return (costs, rows.Max(row => Math.Abs((row.Counts.Zip(costs, (count, cost) => count * cost).Sum() / row.Seconds) - 1)));
            }
            used.RemoveAt(worst);
        }
    }

    private static double[] Solve(IReadOnlyList<(double[] Counts, double Seconds)> rows, List<int> used)
    {
        int n = used.Count;
        double[,] system = new double[n, n + 1];
        double[] scale = [.. used.Select(column => rows.Max(row => row.Counts[column] / row.Seconds))];
        foreach ((double[] counts, double seconds) in rows)
        {
            double[] relative = [.. used.Select((column, i) => scale[i] == 0 ? 0 : counts[column] / seconds / scale[i])];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) system[i, j] += relative[i] * relative[j];
                system[i, n] += relative[i];
            }
        }
        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int i = 0; i < n; i++)
            {
                if (i == pivot) continue;
                double factor = system[i, pivot] / system[pivot, pivot];
                for (int j = pivot; j <= n; j++) system[i, j] -= factor * system[pivot, j];
            }
        }
        return [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i] / scale[i])];
    }
}
