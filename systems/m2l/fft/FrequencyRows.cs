namespace Fmm.Systems;

/// <summary>
/// The frequencies that M2L needs, in rows: a row holds all n = 2p frequencies along z for one kx and one ky. A real lattice's
/// spectrum is its own mirror image, so that kx = 0..p is enough, and at kx = 0 and kx = p also ky = 0..p.
/// </summary>
/// <remarks>Frequency number: row times n plus kz.</remarks>
internal readonly struct FrequencyRows(int order)
{
    /// <summary>Frequencies of a row, n = 2p.</summary>
    public int Period => 2 * order;

    /// <summary>Rows, 2 p^2 + 2.</summary>
    public int Count => First(order + 1);

    /// <summary>First row of a kx from 0 to p; of p + 1 the number of rows.</summary>
    public int First(int kx) => kx switch
    {
        0 => 0,
        _ when kx <= order => order + 1 + ((kx - 1) * Period),
        _ => First(order) + order + 1,
    };

    /// <summary>The frequency along x of a row.</summary>
    public int Kx(int row) => row <= order ? 0 : 1 + ((row - order - 1) / Period);

    /// <summary>The frequency along y of a row.</summary>
    public int Ky(int row) => row - First(Kx(row));

    /// <summary>How often the inverse counts a row: twice where its mirror image is left out.</summary>
    public int Weight(int row)
    {
        bool edge = Kx(row) == 0 || Kx(row) == order;
        return edge && Ky(row) % order == 0 ? 1 : 2;
    }
}
