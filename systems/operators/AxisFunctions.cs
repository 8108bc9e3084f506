using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>
/// The numbers on a surface, sorted by parity, as functions of the families of <see cref="AxisFamily"/>: what commutes with mirrors
/// and permutations acts on each family for itself, and alike on all partners.
/// </summary>
internal sealed class AxisFunctions
{
    // For each family and vector: its entries, as (place, coefficient), partner by partner.
    private readonly (int Place, double Factor)[][][][] _vectors;

    /// <summary>The functions of what lies at these points; their segments must follow without gaps.</summary>
    public AxisFunctions(Surface surface, ParityPoints points, int permutations)
    {
        Families = AxisFamily.All(permutations);
        Points = points;
        int[][] images = [.. Enumerable.Range(0, permutations).Select(permutation => Images(surface, points, permutation))];
        _vectors = [.. Families.Select(family => Vectors(points, images, family))];
    }

    public ParityPoints Points { get; }

    public AxisFamily[] Families { get; }

    /// <summary>Vectors of a family.</summary>
    public int Length(int family) => _vectors[family].Length;

    /// <summary>Adds the part of a partner of rows sorted by parity to rows of a family, with a factor for each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int family, int partner, ReadOnlySpan<double> rows, ReadOnlySpan<double> factors, Span<double> sums)
    {
        (int Place, double Factor)[][][] vectors = _vectors[family];
        int stride = Points.Start[8];
        for (int i = 0; i < factors.Length; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(i * stride, stride);
            for (int k = 0; k < vectors.Length; k++)
            {
                double sum = 0;
                foreach ((int place, double factor) in vectors[k][partner]) sum += factor * row[place];
                sums[(i * vectors.Length) + k] += factors[i] * sum;
            }
        }
    }

    /// <summary>Writes the function of a partner in its segment from its coefficients in the family.</summary>
    public void Expand(int family, int partner, ReadOnlySpan<double> coefficients, Span<double> function)
    {
        int start = Points.Start[Families[family].Segments[partner]];
        function.Clear();
        for (int k = 0; k < coefficients.Length; k++)
        {
            foreach ((int place, double factor) in _vectors[family][k][partner]) function[place - start] += factor * coefficients[k];
        }
    }

    // Where a permutation takes each of the sorted numbers.
    private static int[] Images(Surface surface, ParityPoints points, int permutation)
    {
        Dictionary<(int, int, int), int> orbits = [];
        Span<int> at = stackalloc int[3];
        for (int orbit = 0; orbit < points.Orbits; orbit++) orbits.Add(Lattice(orbit), orbit);
        int[] images = new int[points.Start[8]];
        for (int orbit = 0; orbit < points.Orbits; orbit++)
        {
            (at[AxisPermutations.Image(permutation, 0)], at[AxisPermutations.Image(permutation, 1)], at[AxisPermutations.Image(permutation, 2)]) = Lattice(orbit);
            int image = orbits[(at[0], at[1], at[2])];
            for (int c = 0; c < points.Components; c++)
            {
                int component = points.Vector ? AxisPermutations.Image(permutation, c) : c;
                for (int parity = 0; parity < 8; parity++)
                {
                    int place = points.Places[(8 * ((points.Orbits * c) + orbit)) + parity];
                    if (place < 0) continue;
                    images[place] = points.Places[(8 * ((points.Orbits * component) + image)) + AxisPermutations.Bits(permutation, parity)];
                }
            }
        }
        return images;

        (int X, int Y, int Z) Lattice(int orbit)
        {
            int point = points.Points[8 * orbit];
            return (surface.Lattice(point, 0), surface.Lattice(point, 1), surface.Lattice(point, 2));
        }
    }

    // Partner i of the family that springs from a place: the sum over the permutations of their elements (i, j) times the place's
    // image (the projection onto a representation: Serre, Linear representations of finite groups, section 2.7).
    private static (int, double)[][][] Vectors(ParityPoints points, int[][] images, AxisFamily family)
    {
        List<(int, double)[][]> vectors = [];
        int first = family.Segments[0];
        for (int place = points.Start[first]; place < points.Start[first] + points.Length(first); place++)
        {
            if (Origin(points, images, first, place) != place) continue;
            for (int column = 0; column < family.Columns; column++)
            {
                SortedDictionary<int, double>[] partners = new SortedDictionary<int, double>[family.Dimension];
                for (int i = 0; i < partners.Length; i++)
                {
                    partners[i] = [];
                    for (int permutation = 0; permutation < images.Length; permutation++)
                    {
                        double element = images.Length == 1 ? 1 : family.Element(permutation, i, column);
                        if (element == 0) continue;
                        int image = images[permutation][place];
                        partners[i][image] = partners[i].GetValueOrDefault(image) + element;
                    }
                }
                double norm = Math.Sqrt(partners[0].Values.Sum(value => value * value));
                if (norm < 1e-8) continue;
                vectors.Add([.. partners.Select(partner =>
                    partner.Where(one => Math.Abs(one.Value) > 1e-8).Select(one => (one.Key, one.Value / norm)).ToArray())]);
            }
        }
        return [.. vectors];
    }

    // One place stands for its images in a segment: one that the swap of x and y keeps, if there is one, because then the columns of
    // a pair's matrices are independent or zero.
    private static int Origin(ParityPoints points, int[][] images, int segment, int place)
    {
        int best = int.MaxValue;
        foreach (int[] image in images)
        {
            int other = image[place];
            if (other < points.Start[segment] || other >= points.Start[segment] + points.Length(segment)) continue;
            int key = images.Length > 1 && images[AxisPermutations.Swap][other] != other ? other + points.Start[8] : other;
            best = Math.Min(best, key);
        }
        return best % points.Start[8];
    }
}
