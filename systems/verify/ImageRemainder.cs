using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The sum over all images of a box that repeats but the nearest, one to each side, as a polynomial of the offset between two points of the box: for direct
/// sums, which take the nearest one by one. It is even along each axis, and smooth, since all that is left lies a period away.
/// </summary>
/// <remarks>Chebyshev series of the squared coordinates, as long as their coefficients tell; made once for a box and a kernel.</remarks>
internal sealed unsafe class ImageRemainder(Ledger ledger) : IDisposable
{
    private const int Shortest = 12, Longest = 96;
    private const double Small = 1e-14;
    private readonly NativeBuffer<double> _coefficients = new(ledger, "oracle: images");
    private readonly NativeBuffer<int> _lengths = new(ledger, "oracle: lengths of rows");
    private readonly double[] _reach = new double[3];
    private readonly int[] _counts = new int[3];
    private (double, double, double, double, double) _known;

    /// <summary>Makes the polynomial, unless it stands.</summary>
    /// <param name="shape">The tree.</param>
    /// <param name="unit">The unit of length of the offsets.</param>
    /// <param name="screening">Inverse length of the kernel in that unit.</param>
    public void Make(TreeShape shape, double unit, double screening)
    {
        double[] periods = [shape.Period.X / unit, shape.Period.Y / unit, shape.Period.Z / unit];
        (double, double, double, double, double) key = (periods[0], periods[1], periods[2], shape.HalfWidth / unit, screening);
        if (key == _known) return;
        _known = default;
        LatticeSum sum = new(periods, screening, periods.Where(period => period > 0).Min());
        for (int axis = 0; axis < 3; axis++)
        {
            _reach[axis] = periods[axis] > 0 ? periods[axis] : 2 * shape.HalfWidth / unit;
            _counts[axis] = Shortest;
        }
        double[] values = Fit(sum, periods);
        while (Grow(values)) values = Fit(sum, periods);
        Trim(values);
        _known = key;
    }

    /// <summary>Adds the field of sources at a target.</summary>
    /// <param name="strength">Factor of the kernel.</param>
    /// <param name="target">The target.</param>
    /// <param name="sources">The sources; whole registers, where there is no point with charge zero.</param>
    /// <param name="charges">One charge a source.</param>
    /// <param name="sums">The target's potential, and its derivatives <paramref name="stride"/> numbers apart.</param>
    /// <param name="stride">Numbers from one component's to the next's.</param>
    /// <param name="gradient">Whether derivatives are wanted.</param>
    public void Add<TWide>(double strength, in Position target, in PointList<double> sources, double* charges, double* sums, int stride, bool gradient)
        where TWide : unmanaged, IRegister<TWide, double>
    {
        int room = _counts[0] + _counts[1] + _counts[2];
        TWide* x = stackalloc TWide[2 * room];
        TWide* y = x + _counts[0], z = y + _counts[1], dx = x + room, dy = y + room, dz = z + room;
        TWide potential = TWide.Zero, alongX = TWide.Zero, alongY = TWide.Zero, alongZ = TWide.Zero;
        for (int i = 0; i < sources.Count; i += TWide.Count)
        {
            Powers(TWide.Broadcast(target.X) - TWide.Load(sources.X + i), 0, x, dx);
            Powers(TWide.Broadcast(target.Y) - TWide.Load(sources.Y + i), 1, y, dy);
            Powers(TWide.Broadcast(target.Z) - TWide.Load(sources.Z + i), 2, z, dz);
            TWide value = TWide.Zero, valueX = TWide.Zero, valueY = TWide.Zero, valueZ = TWide.Zero;
            double* c = _coefficients.Pointer;
            int* length = _lengths.Pointer;
            for (int a = 0; a < _counts[0]; a++)
            {
                TWide row = TWide.Zero, rowY = TWide.Zero, rowZ = TWide.Zero;
                for (int b = 0; b < _counts[1]; b++, length++)
                {
                    TWide inner = TWide.Zero, innerZ = TWide.Zero;
                    for (int k = 0; k < *length; k++, c++)
                    {
                        inner = TWide.MultiplyAdd(TWide.Broadcast(*c), z[k], inner);
                        if (gradient) innerZ = TWide.MultiplyAdd(TWide.Broadcast(*c), dz[k], innerZ);
                    }
                    row = TWide.MultiplyAdd(inner, y[b], row);
                    if (!gradient) continue;
                    rowY = TWide.MultiplyAdd(inner, dy[b], rowY);
                    rowZ = TWide.MultiplyAdd(innerZ, y[b], rowZ);
                }
                value = TWide.MultiplyAdd(row, x[a], value);
                if (!gradient) continue;
                valueX = TWide.MultiplyAdd(row, dx[a], valueX);
                valueY = TWide.MultiplyAdd(rowY, x[a], valueY);
                valueZ = TWide.MultiplyAdd(rowZ, x[a], valueZ);
            }
            TWide charge = TWide.Load(charges + i);
            potential = TWide.MultiplyAdd(charge, value, potential);
            alongX = TWide.MultiplyAdd(charge, valueX, alongX);
            alongY = TWide.MultiplyAdd(charge, valueY, alongY);
            alongZ = TWide.MultiplyAdd(charge, valueZ, alongZ);
        }
        sums[0] += strength * TWide.Sum(potential);
        if (!gradient) return;
        sums[stride] += strength * TWide.Sum(alongX);
        sums[2 * stride] += strength * TWide.Sum(alongY);
        sums[3 * stride] += strength * TWide.Sum(alongZ);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coefficients.Dispose();
        _lengths.Dispose();
    }

    // Chebyshev polynomials of u = 2 (offset / reach)^2 - 1, and their derivatives by the offset.
    private void Powers<TWide>(TWide offset, int axis, TWide* values, TWide* slopes)
        where TWide : unmanaged, IRegister<TWide, double>
    {
        TWide scaled = offset * TWide.Broadcast(1 / _reach[axis]), two = TWide.Broadcast(2), u = (two * scaled * scaled) - TWide.Broadcast(1), slope = TWide.Broadcast(4 / _reach[axis]) * scaled;
        values[0] = TWide.Broadcast(1);
        slopes[0] = TWide.Zero;
        values[1] = u;
        slopes[1] = TWide.Broadcast(1);
        for (int k = 2; k < _counts[axis]; k++)
        {
            values[k] = (two * u * values[k - 1]) - values[k - 2];
            slopes[k] = (two * (values[k - 1] + (u * slopes[k - 1]))) - slopes[k - 2];
        }
        for (int k = 1; k < _counts[axis]; k++) slopes[k] *= slope;
    }

    // Coefficients of all products, x slowest.
    private double[] Fit(LatticeSum sum, double[] periods)
    {
        double[][] all = new double[3][], near = new double[3][];
        for (int axis = 0; axis < 3; axis++)
        {
            int count = _counts[axis];
            (all[axis], near[axis]) = (new double[count * sum.Nodes], new double[count * sum.Nodes]);
            for (int i = 0; i < count; i++)
            {
                double u = Math.Cos(Math.PI * (i + 0.5) / count), x = _reach[axis] * Math.Sqrt(0.5 * (u + 1));
                for (int n = 0; n < sum.Nodes; n++)
                {
                    all[axis][(i * sum.Nodes) + n] = sum.All(n, axis, x);
                    for (int image = -1; image <= 1; image++)
                        if (image == 0 || periods[axis] > 0) near[axis][(i * sum.Nodes) + n] += sum.One(n, x - (image * periods[axis]));
                }
            }
        }
        double[] values = new double[_counts[0] * _counts[1] * _counts[2]];
        for (int i = 0, at = 0; i < _counts[0]; i++)
        {
            for (int j = 0; j < _counts[1]; j++)
            {
                for (int k = 0; k < _counts[2]; k++, at++)
                {
                    values[at] = sum.Constant;
                    for (int n = 0; n < sum.Nodes; n++)
                    {
                        int a = (i * sum.Nodes) + n, b = (j * sum.Nodes) + n, c = (k * sum.Nodes) + n;
                        values[at] += sum.Weight(n) * (sum.Product(n, all[0][a], all[1][b], all[2][c]) - (near[0][a] * near[1][b] * near[2][c]));
                    }
                }
            }
        }
        Transform(values, _counts[0], _counts[1] * _counts[2], 1);
        Transform(values, _counts[1], _counts[2], _counts[0]);
        Transform(values, _counts[2], 1, _counts[0] * _counts[1]);
        return values;
    }

    // Values at the roots to coefficients, along the middle one of three indices.
    private static void Transform(double[] values, int count, int inner, int outer)
    {
        double[] line = new double[count];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                for (int k = 0; k < count; k++)
                {
                    line[k] = 0;
                    for (int m = 0; m < count; m++) line[k] += values[(((o * count) + m) * inner) + i] * Math.Cos(Math.PI * k * (m + 0.5) / count);
                    line[k] *= (k == 0 ? 1.0 : 2.0) / count;
                }
                for (int k = 0; k < count; k++) values[(((o * count) + k) * inner) + i] = line[k];
            }
        }
    }

    // Longer series along the axes whose last coefficients are not small.
    private bool Grow(double[] values)
    {
        double largest = values.Max(Math.Abs);
        double[] last = new double[3];
        for (int i = 0, at = 0; i < _counts[0]; i++)
        {
            for (int j = 0; j < _counts[1]; j++)
            {
                for (int k = 0; k < _counts[2]; k++, at++)
                {
                    double size = Math.Abs(values[at]);
                    if (i >= _counts[0] - 2) last[0] = Math.Max(last[0], size);
                    if (j >= _counts[1] - 2) last[1] = Math.Max(last[1], size);
                    if (k >= _counts[2] - 2) last[2] = Math.Max(last[2], size);
                }
            }
        }
        bool grown = false;
        for (int axis = 0; axis < 3; axis++)
        {
            if (!(last[axis] > 100 * Small * largest) || _counts[axis] >= Longest) continue;
            _counts[axis] = Math.Min(Longest, _counts[axis] * 3 / 2);
            grown = true;
        }
        return grown;
    }

    // Rows end with their last coefficient that tells.
    private void Trim(double[] values)
    {
        double least = Small * values.Max(Math.Abs);
        _lengths.Resize(_counts[0] * _counts[1]);
        _coefficients.Resize(values.Length);
        int kept = 0;
        for (int row = 0; row < _lengths.Length; row++)
        {
            int length = _counts[2];
            while (length > 0 && Math.Abs(values[(row * _counts[2]) + length - 1]) <= least) length--;
            _lengths.Pointer[row] = length;
            for (int k = 0; k < length; k++) _coefficients.Pointer[kept++] = values[(row * _counts[2]) + k];
        }
    }
}
