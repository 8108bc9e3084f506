using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>
/// The numbers on a surface, sorted by parity, as functions of the families of <see cref="CubeRepresentation"/>: what commutes with mirrors
/// and permutations acts on each family for itself, and alike on all partners.
/// </summary>
internal sealed class CubeSymmetryBasis
{
    // The entries of all vectors, partner by partner, each from its start on: at most an image a permutation.
    private readonly int[] _places;
    private readonly double[] _factors;
    private readonly int[][] _starts;
    private int _count;

    /// <summary>The functions of what lies at these points; their segments must follow without gaps.</summary>
    public CubeSymmetryBasis(Surface surface, ParityPoints points, int permutations)
    {
        Families = CubeRepresentation.All(permutations);
        Points = points;
        int length = points.Start[8];
        _places = new int[length * permutations];
        _factors = new double[length * permutations];
        _starts = new int[Families.Length][];
        int[][] images = new int[permutations][];
        for (int permutation = 0; permutation < permutations; permutation++) images[permutation] = Images(surface, points, permutation);
        for (int family = 0; family < Families.Length; family++) _starts[family] = Vectors(images, Families[family], new double[length]);
    }

    /// <summary>How the numbers are sorted.</summary>
    public ParityPoints Points { get; }

    /// <summary>The families.</summary>
    public CubeRepresentation[] Families { get; }

    /// <summary>Functions of a family.</summary>
    public int Length(int family) => (_starts[family].Length - 1) / Families[family].Dimension;

    /// <summary>Adds the part of a partner of rows sorted by parity to rows of a family, with a factor for each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int family, int partner, ReadOnlySpan<double> rows, ReadOnlySpan<double> factors, Span<double> sums)
    {
        ReadOnlySpan<int> starts = _starts[family];
        int dimension = Families[family].Dimension, length = Length(family), stride = Points.Start[8];
        for (int i = 0; i < factors.Length; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(i * stride, stride);
            Span<double> target = sums.Slice(i * length, length);
            for (int k = 0; k < target.Length; k++)
            {
                double sum = 0;
                int from = starts[(k * dimension) + partner], to = starts[(k * dimension) + partner + 1];
                for (int entry = from; entry < to; entry++) sum += _factors[entry] * row[_places[entry]];
                target[k] += factors[i] * sum;
            }
        }
    }

    /// <summary>Writes the function of a partner in its segment from its coefficients in the family.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Expand(int family, int partner, ReadOnlySpan<double> coefficients, Span<double> function)
    {
        ReadOnlySpan<int> starts = _starts[family];
        int dimension = Families[family].Dimension, start = Points.Start[Families[family].Segments[partner]];
        function.Clear();
        for (int k = 0; k < coefficients.Length; k++)
        {
            int from = starts[(k * dimension) + partner], to = starts[(k * dimension) + partner + 1];
            for (int entry = from; entry < to; entry++) function[_places[entry] - start] += _factors[entry] * coefficients[k];
        }
    }

    // Where a permutation takes each of the sorted numbers.
    private static int[] Images(Surface surface, ParityPoints points, int permutation)
    {
        int p = surface.Order;
        ReadOnlySpan<int> weights = [p * p, p, 1];
        int[] orbits = new int[p * p * p], images = new int[points.Start[8]];
        for (int orbit = 0; orbit < points.Orbits; orbit++) orbits[Lattice(orbit, 0, weights)] = orbit;
        for (int orbit = 0; orbit < points.Orbits; orbit++)
        {
            int image = orbits[Lattice(orbit, permutation, weights)];
            for (int c = 0; c < points.Components; c++)
            {
                int component = points.Kind.Image(permutation, c);
                for (int parity = 0; parity < 8; parity++)
                {
                    int place = points.Places[(8 * ((points.Orbits * c) + orbit)) + parity];
                    if (place < 0) continue;
                    images[place] = points.Places[(8 * ((points.Orbits * component) + image)) + AxisPermutations.Bits(permutation, parity)];
                }
            }
        }
        return images;

        int Lattice(int orbit, int permutation, ReadOnlySpan<int> weights)
        {
            int sum = 0;
            for (int axis = 0; axis < 3; axis++) sum += weights[AxisPermutations.Image(permutation, axis)] * surface.Lattice(points.Points[8 * orbit], axis);
            return sum;
        }
    }

    // Partner i of the function that springs from a place: the sum over the permutations of their elements (i, j) times the place's
    // image (the projection onto a representation: Serre, Linear representations of finite groups, section 2.7).
    private int[] Vectors(int[][] images, CubeRepresentation family, double[] sums)
    {
        int segment = family.Segments[0], first = Points.Start[segment], dimension = family.Dimension, count = 0;
        int[] starts = new int[(family.Columns * dimension * Points.Length(segment)) + 1];
        starts[0] = _count;
        for (int place = first; place < first + Points.Length(segment); place++)
        {
            if (Origin(images, segment, place) != place) continue;
            for (int column = 0; column < family.Columns; column++)
            {
                double norm = 0;
                for (int i = 0; i < dimension; i++)
                {
                    for (int permutation = 0; permutation < images.Length; permutation++)
                        sums[images[permutation][place]] += family.Element(permutation, i, column);
                    for (int permutation = 0; i == 0 && permutation < images.Length; permutation++)
                        norm += sums[images[permutation][place]] * family.Element(permutation, i, column);
                    foreach (int[] image in images)
                    {
                        if (norm > 1e-8 && Math.Abs(sums[image[place]]) > 1e-8)
                        {
                            _places[_count] = image[place];
                            _factors[_count++] = sums[image[place]] / Math.Sqrt(norm);
                        }
                        sums[image[place]] = 0;
                    }
                    if (norm > 1e-8) starts[++count] = _count;
                }
            }
        }
        return starts[..(count + 1)];
    }

    // One place stands for its images in a segment: one that the swap of x and y keeps, if there is one, because then the columns of
    // a pair's matrices are independent or zero.
    private int Origin(int[][] images, int segment, int place)
    {
        int start = Points.Start[segment], end = start + Points.Length(segment), length = Points.Start[8], best = int.MaxValue;
        foreach (int[] image in images)
        {
            int other = image[place];
            if (other < start || other >= end) continue;
            bool kept = images.Length > 1 && images[AxisPermutations.Swap][other] == other;
            best = Math.Min(best, kept ? other : other + length);
        }
        return best % length;
    }
}
