using System.Numerics;

namespace Fmm.Tests.Operators;

/// <summary>The discrete Fourier transform of eight lattices by its definition, axis by axis.</summary>
internal sealed class NaiveTransform(int order)
{
    private readonly int _period = 2 * order;

    /// <summary>Frequency (kx n + ky) n + kz, kx = 0..p: eight real parts, then eight imaginary parts.</summary>
    public double[] Forward(double[] points, int extent)
    {
        int n = _period, half = order + 1;
        Complex[] field = [.. points.Select(x => new Complex(x, 0))];
        field = Axis(field, extent * extent, extent, 8, n);
        field = Axis(field, extent, extent, 8 * n, n);
        field = Axis(field, 1, extent, 8 * n * n, half);
        double[] spectrum = new double[16 * n * n * half];
        for (int i = 0; i < field.Length; i++)
        {
            spectrum[(16 * (i / 8)) + (i % 8)] = field[i].Real;
            spectrum[(16 * (i / 8)) + 8 + (i % 8)] = field[i].Imaginary;
        }
        return spectrum;
    }

    private Complex[] Axis(Complex[] input, int outer, int extent, int inner, int outputs)
    {
        Complex[] result = new Complex[outer * outputs * inner];
        for (int k = 0; k < outputs; k++)
        {
            for (int j = 0; j < extent; j++)
            {
                Complex wave = Complex.FromPolarCoordinates(1, -2 * Math.PI * (k * j % _period) / _period);
                for (int o = 0; o < outer; o++)
                {
                    for (int i = 0; i < inner; i++)
                        result[(((o * outputs) + k) * inner) + i] += input[(((o * extent) + j) * inner) + i] * wave;
                }
            }
        }
        return result;
    }
}
