namespace Fmm.Systems;

/// <summary>
/// The field of one source at offsets from it, from the scalar form alone: potentials K(d) q and their derivatives by differences,
/// each with what rounding of the offset, or of the differences, may make of it.
/// </summary>
internal sealed class KernelReference
{
    /// <summary>Fields of an offset: three potentials, then three derivatives of each; or up to nine potentials.</summary>
    public const int Fields = 12;

    // Differences of fourth order: at this share of a length they are exact to 1e-11 where the kernel has a length of a twentieth of it.
    private const double Step = 1.0 / 8192, Finer = 1.0 / 16;
    private const double DifferenceRounding = 1e-10;
    private readonly KernelFacts _facts;
    private readonly double[] _matrix;
    private readonly double[] _beside = new double[3];

    public KernelReference(KernelFacts facts, double[] offsets, double[] charges, double length, bool single, bool gradient)
    {
        _facts = facts;
        _matrix = new double[facts.Rows * facts.Columns];
        Offsets = offsets;
        Gradient = gradient;
        int count = offsets.Length / 3;
        Values = new double[Fields * count];
        Doubts = new double[Fields * count];
        Scales = new double[2 * count];
        double rounding = single ? Math.ScaleB(1, -20) : Math.ScaleB(1, -49);
        double[] field = new double[Math.Max(3, facts.Rows)], other = new double[field.Length];
        for (int i = 0; i < count; i++)
        {
            (double x, double y, double z) = (offsets[3 * i], offsets[(3 * i) + 1], offsets[(3 * i) + 2]);
            double size = Scales[2 * i] = Field(x, y, z, charges, field);
            Field(x * (1 + rounding), y * (1 + rounding), z * (1 + rounding), charges, other);
            for (int c = 0; c < facts.Rows; c++)
            {
                Values[(Fields * i) + c] = field[c];
                Doubts[(Fields * i) + c] = 8 * Math.Abs(other[c] - field[c]);
            }
            for (int a = 0; gradient && a < 3; a++) Slopes(i, a, length, rounding, size, charges);
        }
    }

    /// <summary>x, y and z of each offset.</summary>
    public double[] Offsets { get; }

    /// <summary>Whether there are derivatives.</summary>
    public bool Gradient { get; }

    /// <summary><see cref="Fields"/> numbers an offset.</summary>
    public double[] Values { get; }

    /// <summary>By how much each may be off without a fault of the kernel's.</summary>
    public double[] Doubts { get; }

    /// <summary>Two numbers an offset: the size of its potentials and of its derivatives, cancellations aside.</summary>
    public double[] Scales { get; }

    private void Slopes(int i, int axis, double length, double rounding, double size, double[] charges)
    {
        Span<double> coarse = stackalloc double[3], fine = stackalloc double[3], moved = stackalloc double[3];
        Difference(i, axis, 1, Step * length, charges, coarse);
        Difference(i, axis, 1, Finer * Step * length, charges, fine);
        Difference(i, axis, 1 + rounding, Step * length, charges, moved);
        for (int c = 0; c < _facts.Rows; c++)
        {
            int at = (Fields * i) + 3 + (3 * c) + axis;
            Values[at] = coarse[c];
            Doubts[at] = (4 * Math.Abs(coarse[c] - fine[c])) + (8 * Math.Abs(coarse[c] - moved[c])) + (DifferenceRounding * size / length);
            Scales[(2 * i) + 1] = Math.Max(Scales[(2 * i) + 1], Math.Abs(coarse[c]));
        }
    }

    private void Difference(int i, int axis, double scale, double step, double[] charges, Span<double> slope)
    {
        (double x, double y, double z) = (scale * Offsets[3 * i], scale * Offsets[(3 * i) + 1], scale * Offsets[(3 * i) + 2]);
        slope.Clear();
        for (int at = -2; at <= 2; at++)
        {
            if (at == 0) continue;
            double weight = (Math.Abs(at) == 1 ? 8 : -1) * Math.Sign(at) / (12 * step), far = at * step;
            Field(x + (axis == 0 ? far : 0), y + (axis == 1 ? far : 0), z + (axis == 2 ? far : 0), charges, _beside);
            for (int c = 0; c < _facts.Rows; c++) slope[c] += weight * _beside[c];
        }
    }

    private double Field(double x, double y, double z, double[] charges, double[] field)
    {
        _facts.Evaluate(x, y, z, _matrix);
        double size = 0;
        for (int c = 0; c < _facts.Rows; c++)
        {
            double sum = 0, sizes = 0;
            for (int k = 0; k < _facts.Columns; k++)
            {
                double term = _matrix[(c * _facts.Columns) + k] * charges[k];
                sum += term;
                sizes += Math.Abs(term);
            }
            field[c] = sum;
            size = Math.Max(size, sizes);
        }
        return size;
    }
}
