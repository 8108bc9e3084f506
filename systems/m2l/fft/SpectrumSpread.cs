using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>
/// From the spectra of the vectors that were transformed, eight side by side, to the columns of all their mirror images. With K(Md) = K(d) up to
/// signs of components the spectrum of an image at k is that of its vector at Mk; and since the lattice is real, that at (-kx, ky, kz)
/// is the conjugate of that at (kx, -ky, -kz).
/// </summary>
internal sealed unsafe class SpectrumSpread
{
    private readonly int _period;
    private readonly int _pairs;
    private readonly VectorKind _sources, _potentials;
    private readonly int[] _slots;
    private readonly int[] _places;
    private readonly byte[] _rows;
    private readonly double[] _real;
    private readonly double[] _imaginary;

    /// <summary>Tables for a group of vectors.</summary>
    public SpectrumSpread(SpectrumImages.Group group, ExpansionSizes expansion)
    {
        _period = 2 * expansion.Order;
        _pairs = expansion.PotentialComponents * expansion.SourceComponents;
        (_sources, _potentials) = (expansion.Densities.Kind, expansion.Checks.Kind);
        int count = group.Images.Length;
        (_slots, _places, _rows) = (new int[count], new int[count], new byte[count]);
        (_real, _imaginary) = (new double[_pairs * count], new double[_pairs * count]);
        // The inverse transform's factor is taken here once and for all.
        double factor = 1.0 / ((double)_period * _period * _period);
        for (int i = 0; i < count; i++)
        {
            (int slot, int vector, int axes) = group.Images[i];
            bool conjugate = (axes & 1) != 0;
            _slots[i] = slot;
            _places[i] = (vector / 8 * _period * 16) + (vector % 8);
            _rows[i] = (byte)((conjugate ? ~axes : axes) >> 1 & 3);
            for (int pair = 0; pair < _pairs; pair++)
            {
                int c = pair / expansion.SourceComponents, d = pair % expansion.SourceComponents;
                bool odd = (System.Numerics.BitOperations.PopCount((uint)((_potentials.Parity(c) ^ _sources.Parity(d)) & axes)) & 1) != 0;
                _real[(pair * count) + i] = odd ? -factor : factor;
                _imaginary[(pair * count) + i] = odd != conjugate ? -factor : factor;
            }
        }
    }

    /// <summary>Where a permutation of the axes takes a pair, potential component times source components plus source component.</summary>
    public int Pair(int permutation, int pair, int columns) => (_potentials.Image(permutation, pair / columns) * columns) + _sources.Image(permutation, pair % columns);

    /// <summary>Fills the columns of a row of frequencies, all along z.</summary>
    /// <param name="row">Spectra at ky: batch by batch n numbers of eight real and eight imaginary parts.</param>
    /// <param name="opposite">Those at -ky.</param>
    /// <param name="pair">The pair of components.</param>
    /// <param name="matrix">The matrix from the first frequency of the row on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row(double* row, double* opposite, int pair, double* matrix)
    {
        int count = _slots.Length;
        double** from = stackalloc double*[4];
        fixed (int* slots = _slots, places = _places)
        fixed (byte* rows = _rows)
        fixed (double* real = &_real[pair * count], imaginary = &_imaginary[pair * count])
        {
            for (int kz = 0; kz < _period; kz++)
            {
                int against = (_period - kz) % _period;
                from[0] = row + (16 * kz);
                from[1] = opposite + (16 * kz);
                from[2] = row + (16 * against);
                from[3] = opposite + (16 * against);
                double* re = matrix + ((((nint)kz * _pairs) + pair) * 2 * TransferVectors.SlotStride), im = re + TransferVectors.SlotStride;
                for (int i = 0; i < count; i++)
                {
                    double* at = from[rows[i]] + places[i];
                    re[slots[i]] = at[0] * real[i];
                    im[slots[i]] = at[8] * imaginary[i];
                }
            }
        }
    }
}
