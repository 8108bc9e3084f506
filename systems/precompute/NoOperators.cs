namespace Fmm.Systems;

/// <summary>
/// The operators of boxes whose far field is nothing: that of a kernel which is screened within less than a box sinks below the smallest number
/// of the working precision. They are what all the work would come to, matrices of zeros.
/// </summary>
internal static class NoOperators
{
    /// <summary>The matrices, under the names of <see cref="LevelMatrices"/>.</summary>
    public static PlainMatrices Of(ExpansionSizes expansion)
    {
        SeriesBlock[] series = [new SeriesBlock(0, 0, 1, 0)];
        PlainMatrices matrices = new();
        matrices.Add(LevelMatrices.Series, SeriesBlock.ToTable(series));
        matrices.Add(LevelMatrices.Ranks, 0, 0);
        matrices.Add(LevelMatrices.Misfit, 0);
        int children = expansion.Densities.Mirrors ? 1 : 8;
        for (int segment = 0; segment < (expansion.Densities.Mirrors ? 8 : 1); segment++)
        {
            Add(LevelMatrices.M2M(segment), expansion.Densities.Length(segment), children * expansion.DensityCount);
            Add(LevelMatrices.L2L(segment), children * expansion.CheckCount, expansion.Checks.Length(segment));
        }
        for (int parity = 0; parity < 8; parity++)
        {
            int moments = SeriesLayout.Degrees(series, parity).Length;
            for (int d = 0; d < expansion.SourceComponents; d++) Add(LevelMatrices.P2M(parity, d), expansion.Densities.Length(expansion.Densities.SegmentOf(parity, d)), moments);
            for (int c = 0; c < expansion.PotentialComponents; c++) Add(LevelMatrices.L2P(parity, c), moments, expansion.Checks.Length(expansion.Checks.SegmentOf(parity, c)));
        }
        return matrices;

        void Add(string name, int rows, int columns) => matrices.Add(name, new PlainMatrix(rows, columns, new double[rows * columns]));
    }
}
